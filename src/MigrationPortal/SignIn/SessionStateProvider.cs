using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace MigrationPortal.SignIn;

/// <summary>Ends the circuit's identity with its session: left alone, an open page outlives the cookie it was opened with.</summary>
internal sealed class SessionStateProvider(ILoggerFactory logging, TimeProvider time) : RevalidatingServerAuthenticationStateProvider(logging)
{
    public const string ExpiresClaim = "expires";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(10);

    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    public static Claim ExpiresAt(DateTimeOffset at) => new(ExpiresClaim, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(
            long.TryParse(authenticationState.User.FindFirstValue(ExpiresClaim), CultureInfo.InvariantCulture, out var seconds)
            && time.GetUtcNow().ToUnixTimeSeconds() < seconds);
}
