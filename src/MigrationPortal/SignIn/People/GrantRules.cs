using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.People;

/// <summary>What the configuration makes of memberships, judged at each request: a changed configuration needs no new sign-in.</summary>
internal sealed class GrantRules(IOptions<RolesOptions> options)
{
    /// <summary>Every group that decides about anything; nobody's other groups are asked for or kept.</summary>
    public IReadOnlyList<string> Groups { get; } =
    [
        .. options.Value.Grants.Select(x => x.Group!).Prepend(options.Value.BootstrapGroup)
            .Where(x => !string.IsNullOrWhiteSpace(x)).Distinct(StringComparer.OrdinalIgnoreCase)!,
    ];

    public IReadOnlyList<Grant> Of(Person person) => [.. OfGroups(person.Memberships.Groups), .. OfAppRoles(person)];

    /// <summary>Categories for which the configuration gives a role in a pool pair.</summary>
    public IReadOnlyList<string> CategoriesOf(Role role, string poolPairId) =>
    [
        .. options.Value.Grants
            .Where(x => RoleNames.Find(x.Role) == role && !string.IsNullOrEmpty(x.Category) && (string.IsNullOrEmpty(x.PoolPair) || x.PoolPair == poolPairId))
            .Select(x => x.Category!).Distinct(StringComparer.Ordinal),
    ];

    private IEnumerable<Grant> OfGroups(IReadOnlyList<string> groups)
    {
        if (options.Value.BootstrapGroup is { Length: > 0 } first && groups.Contains(first, StringComparer.OrdinalIgnoreCase))
            yield return new Grant(Role.Administrator, Origin: $"group {first} (Roles:BootstrapGroup)");
        foreach (var grant in options.Value.Grants.Where(x => groups.Contains(x.Group!, StringComparer.OrdinalIgnoreCase)))
            yield return new Grant(RoleNames.Find(grant.Role)!.Value, Empty(grant.PoolPair), Empty(grant.Category), $"group {grant.Group}");
    }

    private static IEnumerable<Grant> OfAppRoles(Person person) => person.Memberships.AppRoles.Select(RoleNames.Find).OfType<Role>().Distinct()
        .Select(role => new Grant(role, Origin: person.Source == PersonSource.Development ? "persona" : $"app role {role}"));

    private static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
