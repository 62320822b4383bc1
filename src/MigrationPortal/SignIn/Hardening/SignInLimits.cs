using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using MigrationPortal.Ui;

namespace MigrationPortal.SignIn.Hardening;

/// <summary>How often one address may try to get in. Accounts have their own limit; this one is for guessing at many names.</summary>
internal static class SignInLimits
{
    public const string Policy = "sign-in";

    private const int AttemptsAMinute = 60;

    public static void Configure(RateLimiterOptions options)
    {
        options.AddPolicy(Policy, context => Partition(context, AttemptsAMinute));
        options.OnRejected = (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = 60.ToString(CultureInfo.InvariantCulture);
            rejected.HttpContext.Response.Redirect(Urls.SignInFailed(SignInFailure.Wait, null));
            return ValueTask.CompletedTask;
        };
    }

    /// <summary>For what is counted by its outcome, and not with each request.</summary>
    public static PartitionedRateLimiter<HttpContext> OfAddress(int mostAMinute) => PartitionedRateLimiter.Create<HttpContext, string>(context => Partition(context, mostAMinute));

    /// <summary>An IPv6 network is one visitor: they have 2^64 addresses each.</summary>
    private static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
            return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
        return address?.MapToIPv4().ToString() ?? "";
    }

    private static RateLimitPartition<string> Partition(HttpContext context, int mostAMinute) => RateLimitPartition.GetFixedWindowLimiter(
        AddressOf(context), _ => new FixedWindowRateLimiterOptions { PermitLimit = mostAMinute, Window = TimeSpan.FromMinutes(1) });
}

/// <summary>Unknown API tokens from one address: after a handful a minute they are refused unlooked at.</summary>
internal sealed class TokenGuesses : IDisposable
{
    private const int GuessesAMinute = 30;

    private readonly PartitionedRateLimiter<HttpContext> _guesses = SignInLimits.OfAddress(GuessesAMinute);

    public bool AreTooMany(HttpContext context) => _guesses.GetStatistics(context)?.CurrentAvailablePermits == 0;

    public void Count(HttpContext context) => _guesses.AttemptAcquire(context).Dispose();

    public void Dispose() => _guesses.Dispose();
}

/// <summary>Answers of a provider that it never gave, from one address: a row of the audit is for ever, so that only so many a minute are kept.</summary>
internal sealed class RefusedAnswers : IDisposable
{
    private const int KeptAMinute = 60;

    private readonly PartitionedRateLimiter<HttpContext> _kept = SignInLimits.OfAddress(KeptAMinute);

    public bool IsKept(HttpContext context)
    {
        using var lease = _kept.AttemptAcquire(context);
        return lease.IsAcquired;
    }

    public void Dispose() => _kept.Dispose();
}
