using MigrationPortal.Engine.PersistentChat;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

internal static class ProbeNotes
{
    public static IEnumerable<ProbeNote> For(ChatSession session, ChatCatalog catalog, ChatLookups lookups, LoginRights rights)
    {
        var database = session.Database;
        if (database.Product == ChatProduct.OcsGroupChat2007R2)
            yield return new ProbeNote("UndocumentedProduct", Severity.Info, "OCS 2007 R2");
        if (!session.Tables.AreAsDocumented)
            yield return new ProbeNote("PlainTableNames", Severity.Info, session.Tables.ActualOf("tblNode"));
        foreach (var warning in session.Dialect.WarningsOn(database)) yield return new ProbeNote(warning.Code, Severity.Warning, warning.Setting);
        if (!database.IsLegacy && rights.ListMissing(session.Dialect.IdentityRight).ToList() is { Count: > 0 } missing)
            yield return new ProbeNote("RightMissing", Severity.Blocker, "login", missing.Select(x => new Wording("Probe.RightMissing.on", x.Right, x.Table)));
        if (database.IsLegacy && rights.Writable.Count > 0)
            yield return new ProbeNote("MayWriteLegacy", Severity.Warning, "login", rights.Writable.Count);
        foreach (var column in catalog.ListUndocumented())
        {
            var blocks = !database.IsLegacy && PersistentChatSchema.Written.Contains(column.Table)
                && column is { IsNullable: false, HasDefault: false, IsIdentity: false };
            yield return blocks
                ? new ProbeNote("UnknownColumn", Severity.Blocker, $"{column.Table}.{column.Column}", $"{column.Table}.{column.Column}")
                : new ProbeNote("UndocumentedColumn", Severity.Info, $"{column.Table}.{column.Column}");
        }
        foreach (var (name, meaning) in catalog.ListAbsent())
            yield return new ProbeNote("Absent", Severity.Info, name, name, meaning);
        foreach (var use in lookups.Uninterpreted)
            yield return new ProbeNote($"UnknownValueUsed.{use.Things}", Severity.Warning, $"{use.Lookup} {use.Number}", use.Rows, use.Lookup, use.Name);
        foreach (var value in lookups.Unknown.Where(x => !lookups.Uninterpreted.Any(use => use.Lookup == x.Lookup && use.Number == x.Number)))
            yield return new ProbeNote("UnknownValue", Severity.Warning, $"{value.Lookup} {value.Number}", value.Lookup, value.Name, $"{value.Number}");
        foreach (var absent in lookups.Describe(database.IsLegacy).Where(x => x.State == ProbeState.Missing && IsNeeded(x, database)))
            yield return new ProbeNote("MissingValue", database.IsLegacy ? Severity.Info : Severity.Blocker, $"{absent.Lookup} {absent.Name}", absent.Lookup, absent.Name);
        if (catalog.ScopeTable == "tblScopedPrincipal")
            yield return new ProbeNote("ScopedSpelling", Severity.Info, "tblScopedPrincipal");
    }

    // Everything that a migrated row may need; the other principal types exist in legacy only.
    private static bool IsNeeded(ProbedValue value, ChatDatabase database) => database.IsLegacy || value.Name != "open";
}
