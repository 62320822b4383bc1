using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.Access;

/// <summary>Which group has which role, and where, as the configuration says.</summary>
internal sealed class ConfiguredGrants(IOptions<RolesOptions> options)
{
    public IReadOnlyList<Grant> All { get; } =
    [
        .. options.Value.BootstrapGroup is { Length: > 0 } first ? [new Grant(Role.Administrator, Origin: first)] : Array.Empty<Grant>(),
        .. options.Value.Grants.Select(x => new Grant(RoleNames.Find(x.Role)!.Value, x.PoolPair is { Length: > 0 } pair ? pair : null, x.Category is { Length: > 0 } category ? category : null, x.Group!)),
    ];
}
