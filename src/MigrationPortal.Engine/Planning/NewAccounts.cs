namespace MigrationPortal.Engine.Planning;

/// <summary>The new pool's principals by guid; of several rows with one guid, an active one, then the lowest prinID.</summary>
internal static class NewAccounts
{
    public static Dictionary<Guid, ChatPrincipal> Of(ChatPool newPool) => newPool.Principals
        .GroupBy(p => p.Guid)
        .ToDictionary(same => same.Key, same => same.OrderBy(p => p.Disabled != 0).ThenBy(p => p.PrincipalId).First());
}
