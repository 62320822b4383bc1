using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.SignIn.People;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.SignIn.Tokens;

namespace MigrationPortal.SignIn.Access;

/// <summary>Sessions, tokens and known users as files: one's own, or for administrators everybody's. Which group has which role everybody reads.</summary>
internal sealed class AccessFiles(
    SessionQueries sessions, TokenQueries tokens, PeopleQueries people, ConfiguredGrants grants, TimeProvider time, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<AccessTexts> texts)
{
    public IResult OwnSessions(string? format, Caller caller, CancellationToken cancellationToken) => Of(format, sessions.StreamOwn(caller, cancellationToken));

    public IResult Sessions(string? format, Caller caller, CancellationToken cancellationToken)
    {
        var (refusal, rows) = sessions.StreamAll(caller, cancellationToken);
        return refusal is null ? Of(format, rows) : refusal.ToProblem();
    }

    public IResult OwnTokens(string? format, Caller caller, CancellationToken cancellationToken) => Of(format, tokens.StreamOwn(caller, cancellationToken));

    public IResult Tokens(string? format, Caller caller, CancellationToken cancellationToken)
    {
        var (refusal, rows) = tokens.StreamAll(caller, cancellationToken);
        return refusal is null ? Of(format, rows) : refusal.ToProblem();
    }

    public async Task<IResult> PeopleAsync(string? format, Caller caller, CancellationToken cancellationToken)
    {
        if ((await people.ListAsync(caller, new(0, 1), cancellationToken)).Refusal is { } refusal)
            return refusal.ToProblem();
        // In the order of their names, so that no page repeats a row of another one.
        return ListFile.Of(format, "users", texts["WhoWasHere"], PersonColumns(), RowsInPages.ReadAsync(async x => (await people.ListAsync(caller, x, cancellationToken)).Value ?? new(0, [])));
    }

    public IResult Grants(string? format) => ListFile.Of(format, "role-grants", texts["WhichGroup"], GrantColumns(), grants.All.ToAsyncEnumerable());

    private IResult Of(string? format, IAsyncEnumerable<SessionRow> rows) => ListFile.Of(format, "sessions", texts["Sessions"], SessionColumns(), rows);

    private IResult Of(string? format, IAsyncEnumerable<TokenRow> rows) => ListFile.Of(format, "tokens", texts["ApiTokens"], TokenColumns(), rows);

    private IReadOnlyList<ListColumn<SessionRow>> SessionColumns() =>
    [
        new(titles["User"], x => x.DisplayName),
        new(titles["Account"], x => x.Person),
        new(titles["Method"], x => texts[$"Method.{x.Method}"].Value),
        new(titles["SignedIn"], x => x.CreatedAt),
        new(titles["LastActive"], x => x.LastSeenAt),
        new(titles["Ends"], x => x.ExpiresAt),
        new(titles["IpAddress"], x => x.Address),
        new(titles["Browser"], x => BrowserName.Of(x.Browser)),
    ];

    private IReadOnlyList<ListColumn<TokenRow>> TokenColumns() =>
    [
        new(titles["User"], x => x.OwnerDisplayName),
        new(titles["Account"], x => x.Owner),
        new(titles["Token"], x => x.Token.Label),
        new(titles["TokenStart"], x => x.Token.Start),
        new(titles["Roles"], x => AccessWords.Of(x.Token.Roles)),
        new(titles["PoolPair"], x => x.Token.PoolPairId),
        new(titles["Category"], x => x.Token.Category),
        new(titles["Created"], x => x.Token.CreatedAt),
        new(titles["Expires"], x => x.Token.ExpiresAt),
        new(titles["LastUsed"], x => x.Token.LastUsedAt),
        new(titles["IpAddress"], x => x.Token.LastUsedFrom),
        new(titles["State"], x => texts[x.Token.RevokedAt is not null ? "Revoked" : x.Token.ExpiresAt > time.GetUtcNow() ? "Good" : "Expired"].Value),
        new(titles["RevokedAt"], x => x.Token.RevokedAt),
        new(titles["RevokedBy"], x => x.Token.RevokedBy),
    ];

    private IReadOnlyList<ListColumn<Grant>> GrantColumns() =>
    [
        new(titles["Role"], x => AccessWords.Of(x.Role)),
        new(titles["Scope"], x => PlainText.Of(AccessWords.Where(texts, x))),
        new(titles["PoolPair"], x => x.PoolPairId),
        new(titles["Category"], x => x.Category),
        new(titles["GivenBy"], x => AccessWords.Origin(texts, x.Origin)),
    ];

    private IReadOnlyList<ListColumn<PersonRow>> PersonColumns() =>
    [
        new(titles["User"], x => x.DisplayName),
        new(titles["Account"], x => x.Name),
        new(titles["Source"], x => texts[$"Source.{x.Source}"].Value),
        new(titles["Roles"], x => x.Barred?.ToString() ?? string.Join(", ", x.Grants.Select(grant => AccessWords.Of(texts, grant)))),
        new(titles["GivenBy"], x => string.Join(", ", x.Grants.Select(grant => AccessWords.Origin(texts, grant.Origin)).Distinct())),
        new(titles["LastSignIn"], x => x.LastSignedInAt),
        new(titles["LastChecked"], x => x.CheckedAt),
    ];
}
