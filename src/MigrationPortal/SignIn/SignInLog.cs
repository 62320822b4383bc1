using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn;

/// <summary>Attempts that let nobody in: the reason is for the log and the audit, the page only says that it did not work.</summary>
internal sealed partial class SignInLog(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, ILogger<SignInLog> log)
{
    private const int LongestName = 200;

    /// <param name="name">What was typed, or whom a ticket names; null when nobody was named.</param>
    /// <param name="isKept">False: in the log alone.</param>
    public async Task RefusedAsync(HttpContext context, SignInMethod method, string? name, Wording reason, bool isKept = true)
    {
        var (who, address) = (Printable(name), context.Connection.RemoteIpAddress?.ToString());
        LogRefused(method, who, address, reason.In(CultureInfo.InvariantCulture));
        if (!isKept)
            return;
        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        var details = new Dictionary<string, string?> { ["method"] = method.ToString(), ["cause"] = WordedText.Store(reason), ["address"] = address };
        await audit.RecordAsync(db, Caller.Portal, "SignInRefused", who is null ? "person" : $"person:{who}", null, details, context.RequestAborted);
    }

    public void Unavailable(SignInMethod method, Exception failure) => LogUnavailable(method, failure.Message);

    // What a stranger typed goes into a log line and an audit row: one line, of bounded length.
    private static string? Printable(string? name) =>
        string.IsNullOrWhiteSpace(name) ? null : string.Concat(name.Trim().EnumerateRunes().Take(LongestName).Select(x => Rune.IsControl(x) ? "?" : x.ToString()));

    [LoggerMessage(LogLevel.Warning, "Sign-in by {Method} of {Name} from {Address} is refused: {Reason}")]
    private partial void LogRefused(SignInMethod method, string? name, string? address, string reason);

    [LoggerMessage(LogLevel.Error, "Sign-in by {Method} is not possible now: {Reason}")]
    private partial void LogUnavailable(SignInMethod method, string reason);
}
