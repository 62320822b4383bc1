using System.Globalization;
using MigrationPortal.Engine.Reading;

namespace MigrationPortal.Engine.Undo;

/// <summary>By which columns of the new pool one row needs another: the preview reads them, the removal compares them, so that both mean the same.</summary>
/// <param name="Of">Holds the number of what is needed.</param>
/// <param name="By">Holds the number of what needs it: a node, or a person. Null where any row at all counts.</param>
internal sealed record UndoUse(string Table, string Of, string? By)
{
    /// <summary>A further condition on the row with that key: nothing needs it.</summary>
    public string Unless(string key) => $" and not exists (select 1 from {Table} x where x.{Of} = {key}{(By is null ? "" : Numbered)})";

    // A row without a number, or with none that a node or person can have, needs nothing.
    private string Numbered => string.Create(CultureInfo.InvariantCulture, $" and x.{By} between {int.MinValue} and {int.MaxValue}");
}

internal static class UndoUses
{
    public static readonly UndoUse OfAddIn = new("tblNode", "siopID", "nodeID");

    public static readonly UndoUse OfGroup = new("tblPrincipalAffiliations", "affiliationID", "principalID");

    /// <summary>Where people stand in rooms and categories, also as authors.</summary>
    public static IEnumerable<UndoUse> OfPerson(ChatCatalog catalog)
    {
        yield return new("tblPrincipalRole", "prinRolePrinID", "prinRoleNodeID");
        yield return new("tblPrincipalRole", "prinRoleUpdatedBy", "prinRoleNodeID");
        yield return new(catalog.ScopeTable, "scopePrinID", "scopeNodeID");
        yield return new("tblNode", "nodeAddedBy", "nodeID");
        yield return new("tblNode", "nodeUpdatedBy", "nodeID");
        yield return new("tblChat", "userId", "channelId");
        if (catalog.Has("tblPrincipalInvites")) yield return new("tblPrincipalInvites", "prinID", "nodeID");
    }

    public static IEnumerable<UndoUse> OfNode(ChatCatalog catalog)
    {
        yield return new("tblNode", "parentID", "nodeID");
        yield return new("tblPrincipalRole", "prinRoleNodeID", null);
        yield return new(catalog.ScopeTable, "scopeNodeID", null);
        yield return new("tblChat", "channelId", null);
        if (catalog.Has("tblPrincipalInvites")) yield return new("tblPrincipalInvites", "nodeID", null);
    }
}
