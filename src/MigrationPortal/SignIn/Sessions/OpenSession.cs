using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Page;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.SignIn.Sessions;

/// <summary>Lets a proven person in: the same last step of every way to sign in.</summary>
internal sealed class OpenSessionHandler(
    IDbContextFactory<PortalDbContext> databases, KnownPeople people, GrantRules grants, AuditTrail audit, SessionTokens tokens, IOptions<SignInOptions> options, TimeProvider time)
{
    private const int LongestBrowser = 300;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async Task<Caller> HandleAsync(HttpContext context, ProvenPerson proven, SignInMethod method, string? idToken = null, string? providerSession = null)
    {
        var person = await people.RecordAsync(proven, context.RequestAborted);
        // Whoever sat here before is gone, and with them their key: nobody goes on with a key that somebody else knew.
        await context.SignOutAsync(Schemes.Session);
        var key = Secret.New();
        var now = time.GetUtcNow();
        var session = new Session
        {
            KeyHash = Secret.Hash(key),
            PersonId = person.Id,
            Method = method,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + options.Value.AbsoluteTimeout,
            Address = context.Connection.RemoteIpAddress?.ToString(),
            Browser = context.Request.Headers.UserAgent.ToString() is { Length: > 0 } browser ? browser[..Math.Min(browser.Length, LongestBrowser)] : null,
            IdToken = idToken is null ? null : tokens.Protect(idToken),
            ProviderSession = providerSession,
        };
        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        await using var transaction = await db.Database.BeginTransactionAsync(context.RequestAborted);
        // The audit remembers them; the table only has to know who is in.
        await db.Set<Session>().Where(x => x.ExpiresAt < now - Kept).ExecuteDeleteAsync(context.RequestAborted);
        db.Add(session);
        await db.SaveChangesAsync(context.RequestAborted);
        var caller = Caller.Of(person.Name, person.DisplayName, grants.Of(person)) with { PersonId = person.Id, SessionId = session.Id };
        var details = new Dictionary<string, string?>
        {
            ["method"] = method.ToString(),
            ["address"] = session.Address,
            ["roles"] = string.Join(", ", caller.Grants),
        };
        await audit.RecordAsync(db, caller, "SignedIn", $"session:{session.Id}", null, details, context.RequestAborted);
        await transaction.CommitAsync(context.RequestAborted);
        if (PageLanguages.Settle(context, person.Language) is { } language && language != person.Language)
            await people.KeepLanguageAsync(person.Id, language, context.RequestAborted);
        RememberedWay.Keep(context, method);
        context.Response.Cookies.Append(SessionCookie.NameFor(context), key, SessionCookie.OptionsFor(context));
        return caller;
    }
}

/// <summary>The provider's own token, readable to the portal alone.</summary>
internal sealed class SessionTokens(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("MigrationPortal.SignIn.IdToken");

    public string Protect(string token) => _protector.Protect(token);

    public string? Unprotect(string? token)
    {
        try
        {
            return token is null ? null : _protector.Unprotect(token);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Its key is gone from the ring; the provider asks which account to sign out.
            return null;
        }
    }
}
