using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.Development;
using MigrationPortal.SignIn.People;
using MigrationPortal.SignIn.Sessions;

namespace MigrationPortal.SignIn.Tokens;

/// <param name="Roles">A part of the caller's own.</param>
/// <param name="Days">Until it expires.</param>
internal sealed record CreateToken(string? Label, IReadOnlyList<string>? Roles, int? Days, string? PoolPairId = null, string? Category = null);

/// <param name="Secret">Shown this once.</param>
internal sealed record TokenCreated(ApiToken Token, string Secret);

internal sealed class CreateTokenHandler(
    IDbContextFactory<PortalDbContext> databases, KnownPeople people, IPoolPairNames pairs, ICategoryCheck categories, AuditTrail audit, TimeProvider time)
{
    public const int LongestDays = 365;
    public const int DefaultDays = 90;
    private const int LongestLabel = 100;
    private const int LongestCategory = 1000;
    private const int MostTokens = 50;

    public async Task<Outcome<TokenCreated>> HandleAsync(CreateToken request, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.TokenId is not null)
            return new Refusal("token-needs-person", "A token cannot make tokens; sign in and make it yourself.", RefusalKind.NotAllowed);
        var roles = ReadRoles(request.Roles, caller);
        if (!roles.IsDone)
            return roles.Refusal;
        if (Check(request, roles.Value, caller) is { } unfit)
            return unfit;
        if (Empty(request.PoolPairId) is { } pair && !(await pairs.ListAsync(cancellationToken)).Any(x => x.Id == pair))
            return new Refusal("pool-pair-not-found", $"There is no pool pair “{pair}”.", RefusalKind.NotFound);

        if (Empty(request.Category) is { } category && await categories.RefuseAsync(Empty(request.PoolPairId), category, cancellationToken) is { Code: CategoryCodes.Ambiguous } unclear)
            return unclear;

        var owner = caller.PersonId ?? (await people.RecordAsync(Persona.Find(caller.Name)!.ToProven(), cancellationToken)).Id;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await db.Set<ApiToken>().CountAsync(x => x.PersonId == owner && x.RevokedAt == null && x.ExpiresAt > now, cancellationToken) >= MostTokens)
            return new Refusal("too-many-tokens", $"You have {MostTokens} tokens; revoke one that is not used.", RefusalKind.Conflict);

        var secret = ApiToken.Prefix + Secret.New();
        var token = new ApiToken
        {
            PersonId = owner,
            Label = request.Label!.Trim(),
            Hash = Secret.Hash(secret),
            Start = secret[..ApiToken.StartLength],
            Roles = roles.Value,
            PoolPairId = Empty(request.PoolPairId),
            Category = Empty(request.Category),
            CreatedAt = now,
            ExpiresAt = now.AddDays(request.Days ?? DefaultDays),
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Add(token);
        await db.SaveChangesAsync(cancellationToken);
        await audit.RecordAsync(db, caller, "TokenCreated", $"token:{token.Id}", token.PoolPairId, TokenDetails.Of(token), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new TokenCreated(token, secret);
    }

    private static Outcome<List<Role>> ReadRoles(IReadOnlyList<string>? names, Caller caller)
    {
        if (names is null or { Count: 0 })
            return new Refusal("roles-required", "Say what the token may do: give it one or more of your roles.");
        var roles = new HashSet<Role>();
        foreach (var name in names)
        {
            if (Configuration.RoleNames.Find(name) is not { } role)
                return new Refusal("unknown-role", $"There is no role “{name}”; there are {string.Join(", ", Enum.GetNames<Role>())}.");
            if (!caller.Has(role))
                return new Refusal("not-your-role", $"You are not {role} yourself; a token can have a part of your own roles only.", RefusalKind.NotAllowed);
            roles.Add(role);
        }

        return roles.Order().ToList();
    }

    private static Refusal? Check(CreateToken request, List<Role> roles, Caller caller)
    {
        if (string.IsNullOrWhiteSpace(request.Label) || request.Label.Trim().Length > LongestLabel)
            return new("label-required", $"Give the token a name of 1 to {LongestLabel} characters that says what it is for.");
        if (UnusableText.IsIn(request.Label) || UnusableText.IsIn(request.Category))
            return new("unusable-text", $"The name or category of the token {UnusableText.Sentence}");
        if (request.Days is < 1 or > LongestDays)
            return new("invalid-days", $"A token lives 1 to {LongestDays} days.");
        if (request.Category?.Length > LongestCategory)
            return new("category-too-long", $"A category has at most {LongestCategory} characters.");
        var outside = roles.Cast<Role?>().FirstOrDefault(
            role => !caller.Grants.Any(x => x.Role == role && x.Within(Empty(request.PoolPairId), Empty(request.Category)) is not null));
        return outside is null ? null : new("out-of-scope", $"You are not {outside} there yourself.", RefusalKind.NotAllowed);
    }

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

internal static class TokenDetails
{
    /// <summary>For the audit; never the token or its hash.</summary>
    public static Dictionary<string, string?> Of(ApiToken token) => new(StringComparer.Ordinal)
    {
        ["label"] = token.Label,
        ["roles"] = string.Join(", ", token.Roles),
        ["category"] = token.Category,
        ["expires"] = token.ExpiresAt.ToString("u"),
    };
}
