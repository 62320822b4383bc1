using MigrationPortal.Engine.Planning;

namespace MigrationPortal.PoolPairs;

/// <summary>Which options stand together in a form, in the order in which a plan needs them.</summary>
internal static class PlanOptionGroups
{
    public static readonly IReadOnlyList<(string Name, string[] Options)> All =
    [
        ("Names", [nameof(PlanOptions.PrefixSeparator), nameof(PlanOptions.RootNameInPrefix), nameof(PlanOptions.OverLongName)]),
        ("Rooms", [nameof(PlanOptions.RoomUnderRoot), nameof(PlanOptions.RootCategory), nameof(PlanOptions.MixedFlags), nameof(PlanOptions.EmptyCategories), nameof(PlanOptions.Topic), nameof(PlanOptions.DisabledRooms), nameof(PlanOptions.InvalidAddIn)]),
        ("People", [nameof(PlanOptions.OutOfScope), nameof(PlanOptions.ScopeUndecided), nameof(PlanOptions.PresenterNotMember), nameof(PlanOptions.Creators), nameof(PlanOptions.FederatedRoles), nameof(PlanOptions.DisabledFlag), nameof(PlanOptions.DirectorySync)]),
        ("Messages", [nameof(PlanOptions.CutOff), nameof(PlanOptions.AuthorWithoutPrincipal), nameof(PlanOptions.NodeAuditIds), nameof(PlanOptions.Preferences)]),
    ];
}
