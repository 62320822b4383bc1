namespace MigrationPortal.Access;

/// <summary>
/// Something that a role may do beyond reading, registered by the feature that does it. The page about roles shows these rows; a test
/// sends each of the requests as each of the roles, so that what the page says is what the use cases do.
/// </summary>
/// <param name="Name">Resource key.</param>
/// <param name="IsScoped">Bounds of a role (pool pair, category) hold for it.</param>
/// <param name="Requests">As routes are written; everything that changes something or is not everybody's to read stands somewhere here.</param>
internal sealed record RoleAction(string Name, IReadOnlyList<Role> Roles, bool IsScoped, IReadOnlyList<string> Requests);

/// <summary>All of them; requests that several features register under one name stand together.</summary>
internal sealed class RoleActions(IEnumerable<RoleAction> registered)
{
    public IReadOnlyList<RoleAction> All { get; } =
        [.. registered.GroupBy(x => x.Name, StringComparer.Ordinal).Select(same => same.First() with { Requests = [.. same.SelectMany(x => x.Requests)] })];
}

internal static class RoleActionRegistration
{
    public static IServiceCollection AddRoleAction(this IServiceCollection services, string name, Role[] roles, bool isScoped, params string[] requests) =>
        services.AddSingleton(new RoleAction(name, roles, isScoped, requests));
}
