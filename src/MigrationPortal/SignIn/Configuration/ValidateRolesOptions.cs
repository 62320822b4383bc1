using Microsoft.Extensions.Options;
using MigrationPortal.Start;

namespace MigrationPortal.SignIn.Configuration;

/// <summary>A portal that nobody can administer is of no use; one whose grants name nothing is worse.</summary>
internal sealed class ValidateRolesOptions(IConfiguration configuration, ConfiguredMethods methods, IConfiguredPoolPairs pairs) : IValidateOptions<RolesOptions>
{
    public ValidateOptionsResult Validate(string? name, RolesOptions options)
    {
        var failures = UnknownKeys.Of<RolesOptions>(configuration.GetSection(RolesOptions.Section)).ToList();
        for (var i = 0; i < options.Grants.Count; i++)
            failures.AddRange(Mistakes($"Roles:Grants:{i}", options.Grants[i]));

        var administrators = options.Grants.Any(x => x is { PoolPair: null or "", Category: null or "" } && RoleNames.Find(x.Role) == Role.Administrator);
        if (!methods.Has(SignInMethod.Development) && string.IsNullOrWhiteSpace(options.BootstrapGroup) && !administrators)
            failures.Add("Roles:BootstrapGroup is empty and no entry of Roles:Grants gives Administrator: nobody could administer this portal. Name the group of its first administrators.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Mistakes(string key, RoleGrantSettings grant)
    {
        if (string.IsNullOrWhiteSpace(grant.Group))
            yield return $"{key}:Group is missing: name the group that gets the role.";
        if (RoleNames.Find(grant.Role) is not { } role)
            yield return $"{key}:Role {(string.IsNullOrWhiteSpace(grant.Role) ? "is missing" : $"is '{grant.Role}'")}: write {string.Join(", ", Enum.GetNames<Role>())}.";
        else if (role == Role.Administrator && !(string.IsNullOrEmpty(grant.PoolPair) && string.IsNullOrEmpty(grant.Category)))
            yield return $"{key} gives Administrator for a part, but an administrator is always for the whole portal: remove PoolPair and Category.";
        if (!string.IsNullOrEmpty(grant.PoolPair) && pairs.AreAll && !pairs.Ids.Contains(grant.PoolPair, StringComparer.Ordinal))
            yield return $"{key}:PoolPair is '{grant.PoolPair}', which is not the Id of a configured pool pair.";
    }
}

internal static class RoleNames
{
    public static Role? Find(string? text) =>
        Enum.GetNames<Role>().FirstOrDefault(x => x.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<Role>(name) : null;
}
