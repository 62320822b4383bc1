using System.Globalization;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.SignIn.Tokens;

namespace MigrationPortal.SignIn.Access;

/// <param name="Grants">Each role with its bounds and what gives it.</param>
/// <param name="Contact">Whom to ask for more.</param>
internal sealed record Me(string Name, string DisplayName, IReadOnlyList<Role> Roles, IReadOnlyList<Grant> Grants, string? Contact)
{
    public static Me Of(Caller caller, string? contact) => new(caller.Name, caller.DisplayName, [.. caller.Roles.Order()], caller.Grants, contact);
}

internal sealed record SessionResource(
    string Id, string Person, SignInMethod Method, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? Address, string? Browser, bool IsThis)
{
    public static SessionResource Of(SessionRow row, Caller caller) => new(
        row.Id.ToString(CultureInfo.InvariantCulture), row.Person, row.Method, row.CreatedAt, row.LastSeenAt, row.ExpiresAt, row.Address, row.Browser, row.Id == caller.SessionId);
}

internal sealed record TokenResource(
    string Id,
    string Owner,
    string Label,
    string Start,
    IReadOnlyList<Role> Roles,
    string? PoolPairId,
    string? Category,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    string? LastUsedFrom,
    DateTimeOffset? RevokedAt,
    string? RevokedBy)
{
    public static TokenResource Of(TokenRow row) => Of(row.Token, row.Owner);

    public static TokenResource Of(ApiToken token, string owner) => new(
        token.Id.ToString(CultureInfo.InvariantCulture), owner, token.Label, token.Start, token.Roles, token.PoolPairId, token.Category,
        token.CreatedAt, token.ExpiresAt, token.LastUsedAt, token.LastUsedFrom, token.RevokedAt, token.RevokedBy);
}

/// <param name="Secret">The token itself, shown this once.</param>
internal sealed record CreatedToken(string Secret, TokenResource Token)
{
    public static CreatedToken Of(TokenCreated made, Caller owner) => new(made.Secret, TokenResource.Of(made.Token, owner.Name));
}
