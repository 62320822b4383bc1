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
            return new Refusal("token-needs-person", RefusalKind.NotAllowed);
        var roles = ReadRoles(request.Roles, caller);
        if (!roles.IsDone)
            return roles.Refusal;
        if (Check(request, roles.Value, caller) is { } unfit)
            return unfit;
        if (Empty(request.PoolPairId) is { } pair && !(await pairs.ListAsync(cancellationToken)).Any(x => x.Id == pair))
            return new Refusal("pool-pair-not-found", RefusalKind.NotFound, pair);

        if (Empty(request.Category) is { } category && await categories.RefuseAsync(Empty(request.PoolPairId), category, cancellationToken) is { Code: CategoryCodes.Ambiguous } unclear)
            return unclear;

        var owner = caller.PersonId ?? (await people.RecordAsync(Persona.Find(caller.Name)!.ToProven(), cancellationToken)).Id;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await db.Set<ApiToken>().CountAsync(x => x.PersonId == owner && x.RevokedAt == null && x.ExpiresAt > now, cancellationToken) >= MostTokens)
            return new Refusal("too-many-tokens", RefusalKind.Conflict, MostTokens);

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
            return new Refusal("roles-required");
        var roles = new HashSet<Role>();
        foreach (var name in names)
        {
            if (Configuration.RoleNames.Find(name) is not { } role)
                return new Refusal("unknown-role", RefusalKind.Invalid, name, Enum.GetNames<Role>());
            if (!caller.Has(role))
                return new Refusal("not-your-role", RefusalKind.NotAllowed, role);
            roles.Add(role);
        }

        return roles.Order().ToList();
    }

    private static Refusal? Check(CreateToken request, List<Role> roles, Caller caller)
    {
        if (string.IsNullOrWhiteSpace(request.Label) || request.Label.Trim().Length > LongestLabel)
            return new("label-required", RefusalKind.Invalid, LongestLabel);
        if (UnusableText.IsIn(request.Label) || UnusableText.IsIn(request.Category))
            return UnusableText.Refuse(new("Text.Token"));
        if (request.Days is < 1 or > LongestDays)
            return new("invalid-days", RefusalKind.Invalid, LongestDays);
        if (request.Category?.Length > LongestCategory)
            return new("category-too-long", RefusalKind.Invalid, LongestCategory);
        var outside = roles.Cast<Role?>().FirstOrDefault(
            role => !caller.Grants.Any(x => x.Role == role && x.Within(Empty(request.PoolPairId), Empty(request.Category)) is not null));
        return outside is null ? null : new("out-of-scope.token", RefusalKind.NotAllowed, outside);
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
