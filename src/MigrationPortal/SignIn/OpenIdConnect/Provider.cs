using System.Text.Json;
using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.OpenIdConnect;

internal sealed record ProviderMetadata(
    string Issuer, string AuthorizationEndpoint, string TokenEndpoint, string? EndSessionEndpoint, IReadOnlyDictionary<string, SigningKey> Keys);

/// <summary>The provider cannot be read, or says something it must not.</summary>
internal sealed class ProviderUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// What the provider publishes about itself, kept for half a day. What was read last holds while the provider is away: people who are
/// signed in never notice.
/// </summary>
internal sealed partial class Provider(IHttpClientFactory clients, IOptions<AzureAdOptions> options, TimeProvider time, ILogger<Provider> log) : IDisposable
{
    public const string HttpClientName = "OpenIdConnect";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    // A stranger's token with an invented key must not make the portal hammer the provider.
    private static readonly TimeSpan LeastBetweenForced = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _reading = new(1);
    private ProviderMetadata? _metadata;
    private DateTimeOffset _readAt;
    private DateTimeOffset _forcedAt;

    public async Task<ProviderMetadata> GetAsync(CancellationToken cancellationToken)
    {
        if (_metadata is { } known && time.GetUtcNow() - _readAt < Lifetime)
            return known;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            return _metadata is { } meanwhile && time.GetUtcNow() - _readAt < Lifetime ? meanwhile : await ReadAsync(cancellationToken);
        }
        catch (ProviderUnavailableException failure) when (_metadata is not null)
        {
            LogKept(failure, options.Value.EffectiveAuthority);
            return _metadata;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Reads anew because a token names a key that was not there; at most every five minutes.</summary>
    public async Task<ProviderMetadata> RefreshAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (_metadata is not null && now - _forcedAt < LeastBetweenForced)
                return _metadata;
            _forcedAt = now;
            return await ReadAsync(cancellationToken);
        }
        catch (ProviderUnavailableException) when (_metadata is not null)
        {
            return _metadata;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Without asking anybody: discovery only ever accepts the authority's own name.</summary>
    public bool IsIssuer(string? issuer) => _metadata is { } known ? issuer == known.Issuer : issuer?.TrimEnd('/') == options.Value.EffectiveAuthority;

    public void Dispose() => _reading.Dispose();

    private async Task<ProviderMetadata> ReadAsync(CancellationToken cancellationToken)
    {
        var authority = options.Value.EffectiveAuthority;
        try
        {
            using var client = clients.CreateClient(HttpClientName);
            using var discovery = JsonDocument.Parse(await client.GetByteArrayAsync(new Uri($"{authority}/.well-known/openid-configuration"), cancellationToken));
            var root = discovery.RootElement;
            var issuer = root.GetProperty("issuer").GetString();
            // AD FS says https://adfs.contoso.com/adfs for that authority; Entra ID names the tenant's GUID.
            if (issuer?.TrimEnd('/') != authority)
                throw new ProviderUnavailableException($"The provider at {authority} calls itself {issuer}; AzureAd must name it as it calls itself.");
            using var keys = JsonDocument.Parse(await client.GetByteArrayAsync(Endpoint(root, "jwks_uri", authority), cancellationToken));
            _metadata = new(
                issuer,
                Endpoint(root, "authorization_endpoint", authority).AbsoluteUri,
                Endpoint(root, "token_endpoint", authority).AbsoluteUri,
                root.TryGetProperty("end_session_endpoint", out _) ? Endpoint(root, "end_session_endpoint", authority).AbsoluteUri : null,
                SigningKey.ReadSet(keys.RootElement));
            _readAt = time.GetUtcNow();
            return _metadata;
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or UriFormatException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ProviderUnavailableException($"The provider at {authority} could not be read: {failure.Message}", failure);
        }
    }

    // http only where the authority itself is (a loopback one in Development): no endpoint may be worse than what names it.
    private static Uri Endpoint(JsonElement root, string name, string authority)
    {
        var address = new Uri(root.GetProperty(name).GetString() ?? "");
        return address.Scheme == Uri.UriSchemeHttps || (address.IsLoopback && authority.StartsWith("http://", StringComparison.Ordinal))
            ? address
            : throw new ProviderUnavailableException($"The provider's {name} is {address}, which is not https.");
    }

    [LoggerMessage(LogLevel.Warning, "The provider at {Authority} cannot be read anew; what it said last still holds.")]
    private partial void LogKept(Exception failure, string authority);
}
