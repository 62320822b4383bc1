using System.Collections.Concurrent;
using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.ActiveDirectory;

/// <summary>No domain controller could be asked.</summary>
internal sealed class DirectoryUnavailableException(Wording reason) : Exception(reason.In(CultureInfo.InvariantCulture))
{
    public Wording Reason { get; } = reason;
}

/// <summary>Connections to the first domain controller that answers. Every one is encrypted and knows whom it speaks with before it speaks.</summary>
internal sealed partial class DomainControllers(IOptions<ActiveDirectoryOptions> options, TimeProvider time, ILogger<DomainControllers> log) : IDisposable
{
    // Calls of the LDAP library block their thread; at most this many at a time, those that hang included.
    private const int MostAtOnce = 8;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _free = new(MostAtOnce);

    // Bounded by the configured servers.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _restUntil = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Asks as the portal's own account.</summary>
    public Task<T> AskAsync<T>(Func<LdapConnection, T> question, CancellationToken cancellationToken) => OnFirstAsync(
        server =>
        {
            using var connection = Connect(server);
            connection.Bind(new NetworkCredential(options.Value.BindUser, options.Value.BindPassword));
            return question(connection);
        },
        cancellationToken);

    /// <summary>Whether the password opens the account: null, or the server's words why not.</summary>
    public Task<LdapException?> TryBindAsync(string distinguishedName, string password, CancellationToken cancellationToken) => OnFirstAsync(
        server =>
        {
            using var connection = Connect(server);
            try
            {
                connection.Bind(new NetworkCredential(distinguishedName, password));
                return null;
            }
            catch (LdapException refused) when (refused.ErrorCode == (int)ResultCode49.InvalidCredentials)
            {
                return refused;
            }
        },
        cancellationToken);

    public void Dispose() => _free.Dispose();

    private async Task<T> OnFirstAsync<T>(Func<string, T> work, CancellationToken cancellationToken)
    {
        // Who did not answer is asked once more at the end: one lost answer sends nobody away. Who was asked something is not: a password that is tried twice counts twice.
        List<string> silent = [];
        foreach (var server in InOrder().Concat(silent))
        {
            if (await DomainControllerProbe.AskAsync(server, options.Value, cancellationToken) is { } why)
            {
                LetRest(server, why);
                if (!silent.Contains(server, StringComparer.OrdinalIgnoreCase))
                    silent.Add(server);
                continue;
            }

            try
            {
                if (!await _free.WaitAsync(AnswerLimit, cancellationToken))
                    throw new DirectoryUnavailableException(new Wording("SignIn.DirectoryHangs"));
                return await Task.Run(() => Release(() => work(server)), CancellationToken.None).WaitAsync(AnswerLimit, time, cancellationToken);
            }
            catch (Exception failure) when (failure is LdapException or DirectoryOperationException or TimeoutException)
            {
                LetRest(server, Describe(failure));
            }
        }

        throw new DirectoryUnavailableException(new Wording("SignIn.DirectoryAway"));
    }

    // Those that failed a while ago come last, not never: perhaps all of them failed.
    private List<string> InOrder() => [.. options.Value.Servers.OrderBy(x => _restUntil.TryGetValue(x, out var until) && until > time.GetUtcNow())];

    private void LetRest(string server, string why)
    {
        _restUntil[server] = time.GetUtcNow() + Rest;
        LogSilent(server, why);
    }

    private T Release<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        finally
        {
            _free.Release();
        }
    }

    private LdapConnection Connect(string server)
    {
        var connection = new LdapConnection(new LdapDirectoryIdentifier(server, options.Value.EffectivePort, fullyQualifiedDnsHostName: true, connectionless: false))
        {
            AuthType = AuthType.Basic,
            AutoBind = false,
            Timeout = TimeSpan.FromSeconds(5),
        };
        try
        {
            connection.SessionOptions.ProtocolVersion = 3;
            connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
            if (!OperatingSystem.IsWindows() && options.Value.TrustedCertificatesDirectory is { Length: > 0 } trusted)
            {
                connection.SessionOptions.TrustedCertificatesDirectory = trusted;
                connection.SessionOptions.StartNewTlsSessionContext();
            }

            if (options.Value.Ldaps)
                connection.SessionOptions.SecureSocketLayer = true;
            else
                StartTls(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Before anything was asked, the library turns to TLS with the machine's default server, whichever was named here. What every
    // server tells everybody is asked first; nothing of ours is said in the clear.
    private static void StartTls(LdapConnection connection)
    {
        connection.SendRequest(new SearchRequest("", "(objectClass=*)", SearchScope.Base, "supportedExtension"));
        connection.SessionOptions.StartTransportLayerSecurity(null);
    }

    // 81 and 91 are the library's words for "no trust" as well as for "no server".
    private static string Describe(Exception failure) => failure is LdapException ldap
        ? $"LDAP error {ldap.ErrorCode}: {ldap.Message} {ldap.ServerErrorMessage}".Trim()
        : failure.Message;

    [LoggerMessage(LogLevel.Warning, "The domain controller {Server} cannot be asked: {Why}")]
    private partial void LogSilent(string server, string why);

    private enum ResultCode49
    {
        InvalidCredentials = 49,
    }
}
