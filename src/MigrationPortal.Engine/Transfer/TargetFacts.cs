using System.Globalization;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>What writing into one new pool needs to know of it: its own numbers, its system user, its root.</summary>
internal sealed record TargetFacts(ChatSchema Schema, int SystemUser, int Root, short CategoryBehavior, short CategoryVisibility, int MaxNodeId, int MaxPrincipalId)
{
    public ChatLookups Lookups => Schema.Lookups;

    public static async Task<Outcome<TargetFacts>> ReadAsync(ChatSession session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var examined = await SchemaProbe.ExamineAsync(session, cancellationToken);
        if (!examined.IsDone) return examined.Refusal;
        var schema = examined.Value;
        if (schema.Report.Notes.FirstOrDefault(x => x.Severity == Severity.Blocker) is { } blocker)
            return new Refusal("target-schema", RefusalKind.Invalid, blocker.Wording);
        if (await FindAdminLockAsync(session, schema, now, cancellationToken) is { } locked) return locked;

        var system = await ChatSession.ScalarAsync<int?>(
            session.Command("select min(prinID) from tblPrincipal where prinTypeID = @type", ("type", schema.Lookups.NumberOf(PrincipalType.SystemUser)!.Value)),
            cancellationToken);
        if (system is null)
            return new Refusal("no-system-user");
        // Trap 5: the root is its own parent, or has none.
        var tops = await ChatSession.ListAsync(
            session.Command("select nodeID, parentID from tblNode where nodeType = @category and (parentID is null or parentID = nodeID)", ("category", true)),
            row => (Id: row.TryInt(0), Parent: row.TryInt(1)), cancellationToken);
        if (LegacyTree.FindRoot([.. tops.Where(x => x.Id is not null).Select(x => (x.Id!.Value, x.Parent))]) is not { } root)
            return new Refusal("no-root");

        var (behavior, visibility) = await ReadFillersAsync(session, schema.Lookups, root, cancellationToken);
        return new TargetFacts(schema, system.Value, root, behavior, visibility,
            await MaxNodeIdAsync(session, schema.Catalog, cancellationToken),
            await ChatSession.ScalarAsync<int?>(session.Command("select max(prinID) from tblPrincipal"), cancellationToken) ?? 0);
    }

    // tblChat and its counters have no foreign key everywhere: a deleted room's leftovers must not come back to life under a reused id.
    private static async Task<int> MaxNodeIdAsync(ChatSession session, ChatCatalog catalog, CancellationToken cancellationToken)
    {
        var max = 0;
        foreach (var (table, column) in TargetLimits.NodeNumbers)
        {
            if (!catalog.Has(table)) continue;
            var found = await ChatSession.ScalarAsync<int?>(session.Command($"select max({column}) from {table}"), cancellationToken);
            max = Math.Max(max, found ?? 0);
        }
        return max;
    }

    // Categories have neither behavior nor visibility, yet the columns are NOT NULL: what the pool's own agree on, else normal and scope.
    private static async Task<(short Behavior, short Visibility)> ReadFillersAsync(
        ChatSession session, ChatLookups lookups, int root, CancellationToken cancellationToken)
    {
        var own = await ChatSession.ListAsync(
            session.Command("select distinct behavior, visibility from tblNode where nodeType = @category and nodeID <> @root", ("category", true), ("root", root)),
            row => (Behavior: row.TryInt(0), Visibility: row.TryInt(1)), cancellationToken);
        return own is [{ Behavior: { } behavior, Visibility: { } visibility }] && lookups.Words.BehaviorOf(behavior) is not null && lookups.Words.VisibilityOf(visibility) is not null
            ? ((short)behavior, (short)visibility)
            : ((short)lookups.NumberOfBehavior("normal")!.Value, (short)lookups.NumberOfVisibility("scope")!.Value);
    }

    private static async Task<Refusal?> FindAdminLockAsync(ChatSession session, ChatSchema schema, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!schema.Catalog.Has("tblAdminLock")) return null;
        var expires = await ChatSession.ScalarAsync<DateTime?>(session.Command("select max(lockExpiresTime) from tblAdminLock"), cancellationToken);
        return expires is { } until && until > now.UtcDateTime
            ? new Refusal("admin-lock", RefusalKind.Conflict, new DateTimeOffset(DateTime.SpecifyKind(until, DateTimeKind.Utc)))
            : null;
    }
}
