using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.SignIn.ActiveDirectory;

internal enum DirectoryRefusal
{
    None,
    Malformed,
    UnknownName,
    WrongPassword,
    Barred,
    TooOften,
    Unavailable,
}

/// <param name="Reason">For log and audit; the page never shows it.</param>
internal sealed record DirectorySignIn(ProvenPerson? Person, DirectoryRefusal Refusal, Wording? Reason);

/// <summary>Active Directory by LDAP: proves passwords, and looks after everybody who came in by it or by Kerberos.</summary>
internal sealed partial class LdapDirectory(
    DomainControllers controllers, DirectorySearches searches, PasswordThrottle throttle, IOptions<ActiveDirectoryOptions> options, ConfiguredMethods methods) : IDirectory
{
    private const int LongestName = 256;
    private const int LongestPassword = 1024;

    public bool Answers(PersonSource source) =>
        source == PersonSource.Directory && (methods.Has(SignInMethod.ActiveDirectory) || methods.Has(SignInMethod.Kerberos));

    public async Task<DirectorySignIn> SignInAsync(string? name, string? password, CancellationToken cancellationToken)
    {
        // A directory takes an empty password for no password and says welcome: it must not get that far.
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Contains('\0', StringComparison.Ordinal)
            || string.IsNullOrEmpty(password) || password.Length > LongestPassword || password.Contains('\0', StringComparison.Ordinal))
            return new(null, DirectoryRefusal.Malformed, new Wording("SignIn.Malformed"));
        try
        {
            var account = await controllers.AskAsync(x => searches.FindByName(x, name), cancellationToken);
            return account is null ? await RefuseUnknownAsync(password, cancellationToken) : await ProveAsync(account, password, cancellationToken);
        }
        catch (DirectoryUnavailableException failure)
        {
            return new(null, DirectoryRefusal.Unavailable, failure.Reason);
        }
    }

    /// <summary>Somebody whom a Kerberos ticket names. A ticket outlives a closed account; the directory knows better.</summary>
    public async Task<DirectorySignIn> LookUpAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var account = await controllers.AskAsync(x => searches.FindByName(x, name), cancellationToken);
            return account is null ? new(null, DirectoryRefusal.UnknownName, new Wording("SignIn.UnknownName")) : await LetInAsync(account, cancellationToken);
        }
        catch (DirectoryUnavailableException failure)
        {
            return new(null, DirectoryRefusal.Unavailable, failure.Reason);
        }
    }

    public async Task<DirectoryAnswer> FindAsync(Person person, CancellationToken cancellationToken)
    {
        try
        {
            return await controllers.AskAsync<DirectoryAnswer>(
                connection => searches.FindById(connection, Guid.Parse(person.Key)) switch
                {
                    null => new DirectoryAnswer.Barred(new Wording("SignIn.AccountGone")),
                    { Barred: { } why } => new DirectoryAnswer.Barred(why),
                    var account => new DirectoryAnswer.Known(account.DisplayName, searches.MembershipsOf(connection, account), account.Mail),
                },
                cancellationToken);
        }
        catch (DirectoryUnavailableException)
        {
            return new DirectoryAnswer.Unavailable();
        }
    }

    private async Task<DirectorySignIn> ProveAsync(DirectoryAccount account, string password, CancellationToken cancellationToken)
    {
        if (!await throttle.TakeAsync(account.Id, cancellationToken))
            return new(null, DirectoryRefusal.TooOften, new Wording("SignIn.TooOften"));
        if (await controllers.TryBindAsync(account.DistinguishedName, password, cancellationToken) is { } refused)
        {
            var reason = Explain(refused.ServerErrorMessage);
            return new(null, reason == WrongPassword ? DirectoryRefusal.WrongPassword : DirectoryRefusal.Barred, new Wording(reason));
        }

        await throttle.ForgetAsync(account.Id, cancellationToken);
        return await LetInAsync(account, cancellationToken);
    }

    private async Task<DirectorySignIn> LetInAsync(DirectoryAccount account, CancellationToken cancellationToken)
    {
        if (account.Barred is { } why)
            return new(null, DirectoryRefusal.Barred, why);
        var memberships = await controllers.AskAsync(x => searches.MembershipsOf(x, account), cancellationToken);
        var name = $"{account.AccountName}@{options.Value.Realm}".ToLowerInvariant();
        return new(new ProvenPerson(PersonSource.Directory, account.Id.ToString("D"), name, account.DisplayName, memberships, account.Mail), DirectoryRefusal.None, null);
    }

    // As long as for a wrong password, so that the time does not tell who exists.
    private async Task<DirectorySignIn> RefuseUnknownAsync(string password, CancellationToken cancellationToken)
    {
        await controllers.TryBindAsync($"CN=nobody,{options.Value.BaseDn}", password, cancellationToken);
        return new(null, DirectoryRefusal.UnknownName, new Wording("SignIn.UnknownName"));
    }

    private const string WrongPassword = "SignIn.WrongPassword";

    // 80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data 775, v1db1
    private static string Explain(string? message) => SubCode().Match(message ?? "").Groups["code"].Value switch
    {
        "533" => "SignIn.AccountDisabled",
        "775" => "SignIn.AccountLocked",
        "701" => "SignIn.AccountExpired",
        "773" => "SignIn.PasswordMustChange",
        "532" => "SignIn.PasswordExpired",
        "530" => "SignIn.WrongHour",
        "531" => "SignIn.WrongComputer",
        _ => WrongPassword,
    };

    [GeneratedRegex(@"\bdata (?<code>[0-9a-f]{3,4})\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SubCode();
}
