using MigrationPortal.Engine.PersistentChat;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>What a login may do in a chat database, and what a migration, a delta and an undo need there.</summary>
internal sealed class LoginRights
{
    // Columns of these change with a delta; everything else is only inserted and removed.
    private static readonly string[] _updated = ["tblNode", "tblPrincipalRole", "tblScopePrincipal", "tblScopedPrincipal", "tblLastChatId"];

    private readonly ChatCatalog _catalog;
    private readonly HashSet<(string Table, string Right)> _held;

    public LoginRights(ChatCatalog catalog, IReadOnlyList<TableRight> held)
    {
        _catalog = catalog;
        _held = [.. held.Select(x => (x.Table.ToLowerInvariant(), x.Right))];
        Writable = [.. catalog.Documented.Select(x => x.Name).Where(x => Holds(x, "INSERT") || Holds(x, "UPDATE") || Holds(x, "DELETE"))];
    }

    /// <summary>Documented tables that the login may change.</summary>
    public IReadOnlyList<string> Writable { get; }

    /// <summary>Documented tables that are there and that the login cannot read.</summary>
    public IEnumerable<string> ListUnreadable() => _catalog.Documented.Select(x => x.Name).Where(x => _catalog.Has(x) && !Holds(x, "SELECT"));

    /// <summary>Rights that writing needs and the login lacks, e.g. <c>ALTER on tblNode</c>.</summary>
    /// <param name="identityRight">As <see cref="SqlDialect.IdentityRight"/>.</param>
    public IEnumerable<TableRight> ListMissing(string? identityRight) =>
        from table in _catalog.Documented
        where PersistentChatSchema.Written.Contains(table.Name) && _catalog.Has(table.Name)
        from right in Needed(table, identityRight)
        where !Holds(table.Name, right)
        select new TableRight(table.Name, right);

    /// <summary>Rows that a migration never writes, but whose owner an undo removes: without the right they stay, and keep their owner.</summary>
    public bool MayRemove(string table) => Holds(table, "SELECT") && Holds(table, "DELETE");

    private IEnumerable<string> Needed(DocumentedTable table, string? identityRight)
    {
        yield return "SELECT";
        yield return "INSERT";
        if (_updated.Contains(table.Name, StringComparer.OrdinalIgnoreCase)) yield return "UPDATE";
        yield return "DELETE";
        if (identityRight is not null && table.Required.Any(x => _catalog.Find(table.Name, x) is { IsIdentity: true })) yield return identityRight;
    }

    private bool Holds(string table, string right) => _held.Contains((table.ToLowerInvariant(), right));
}
