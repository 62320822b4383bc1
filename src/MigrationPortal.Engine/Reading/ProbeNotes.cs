using MigrationPortal.Engine.PersistentChat;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

internal static class ProbeNotes
{
    public static IEnumerable<ProbeNote> For(ChatSession session, ChatCatalog catalog, ChatLookups lookups, LoginRights rights)
    {
        var database = session.Database;
        if (database.Product == ChatProduct.OcsGroupChat2007R2)
            yield return new ProbeNote("UndocumentedProduct", Severity.Info, "OCS 2007 R2",
                "Microsoft documents no tables of this product; it is read by what was found in them, and what could not be interpreted is listed here.");
        if (!session.Tables.AreAsDocumented)
            yield return new ProbeNote("PlainTableNames", Severity.Info, session.Tables.ActualOf("tblNode"), "The tables stand without the prefix tbl here.");
        foreach (var warning in session.Dialect.WarningsOn(database)) yield return new ProbeNote(warning.Code, Severity.Warning, warning.Setting, warning.Message);
        if (!database.IsLegacy && rights.ListMissing(session.Dialect.IdentityRight).ToList() is { Count: > 0 } missing)
            yield return new ProbeNote("RightMissing", Severity.Blocker, "Login", $"The login lacks {string.Join(", ", missing)}; grant it, or nothing can be written and undone.");
        if (database.IsLegacy && rights.Writable.Count > 0)
            yield return new ProbeNote("MayWriteLegacy", Severity.Warning, "Login",
                $"The login may write {rights.Writable.Count} tables of the legacy pool. The portal never does; give it a login that can only read.");
        foreach (var column in catalog.ListUndocumented())
        {
            var blocks = !database.IsLegacy && PersistentChatSchema.Written.Contains(column.Table)
                && column is { IsNullable: false, HasDefault: false, IsIdentity: false };
            yield return blocks
                ? new ProbeNote("UnknownColumn", Severity.Blocker, $"{column.Table}.{column.Column}",
                    $"{column.Table}.{column.Column} is not documented, must not be NULL and has no default, so no row can be written there; ask for a default value.")
                : new ProbeNote("UndocumentedColumn", Severity.Info, $"{column.Table}.{column.Column}", "Not documented; neither read nor written.");
        }
        foreach (var (name, meaning) in catalog.ListAbsent())
            yield return new ProbeNote("Absent", Severity.Info, name, $"{name} is not there. {meaning}");
        foreach (var use in lookups.Uninterpreted)
            yield return new ProbeNote("UnknownValueUsed", Severity.Warning, $"{use.Lookup} {use.Number}",
                $"{use.Rows} {use.Things} use the {use.Lookup} value {use.Name}, which cannot be interpreted. It blocks every room that this concerns until another value is set there.");
        foreach (var value in lookups.Unknown.Where(x => !lookups.Uninterpreted.Any(use => use.Lookup == x.Lookup && use.Number == x.Number)))
            yield return new ProbeNote("UnknownValue", Severity.Warning, $"{value.Lookup} {value.Number}",
                $"The {value.Lookup} value \"{value.Name}\" ({value.Number}) is not documented; nothing uses it.");
        foreach (var absent in lookups.Describe(database.IsLegacy).Where(x => x.State == ProbeState.Missing && IsNeeded(x, database)))
            yield return new ProbeNote("MissingValue", database.IsLegacy ? Severity.Info : Severity.Blocker, $"{absent.Lookup} {absent.Name}",
                $"The database has no {absent.Lookup} \"{absent.Name}\".");
        if (catalog.ScopeTable == "tblScopedPrincipal")
            yield return new ProbeNote("ScopedSpelling", Severity.Info, "tblScopedPrincipal", "The table of scopes is spelled tblScopedPrincipal here.");
    }

    // Everything that a migrated row may need; the other principal types exist in legacy only.
    private static bool IsNeeded(ProbedValue value, ChatDatabase database) => database.IsLegacy || value.Name != "open";
}
