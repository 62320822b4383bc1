using MigrationPortal.Engine.PersistentChat;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Engine.Reading;

internal static class ProbeNotes
{
    public static IEnumerable<ProbeNote> For(ChatDatabase database, ChatCatalog catalog, ChatLookups lookups, IReadOnlyList<string> writable)
    {
        if (database.IsLegacy && writable.Count > 0)
            yield return new ProbeNote("MayWriteLegacy", Severity.Warning, "Login",
                $"The login may write {writable.Count} tables of the legacy pool. The portal never does; give it a login that can only read.");
        foreach (var column in catalog.ListUndocumented())
        {
            var blocks = !database.IsLegacy && PersistentChatSchema.Written.Contains(column.Table)
                && column is { IsNullable: false, HasDefault: false, IsIdentity: false };
            yield return blocks
                ? new ProbeNote("UnknownColumn", Severity.Blocker, $"{column.Table}.{column.Column}",
                    $"{column.Table}.{column.Column} is not documented, must not be NULL and has no default, so no row can be written there; ask for a default value.")
                : new ProbeNote("UndocumentedColumn", Severity.Info, $"{column.Table}.{column.Column}", "Not documented; neither read nor written.");
        }
        foreach (var value in lookups.Unknown)
            yield return new ProbeNote("UnknownValue", Severity.Warning, $"{value.Lookup} {value.Number}",
                $"The {value.Lookup} value \"{value.Name}\" ({value.Number}) is not documented; nothing uses it.");
        foreach (var missing in lookups.Describe(database.IsLegacy).Where(x => x.State == ProbeState.Missing && IsNeeded(x, database)))
            yield return new ProbeNote("MissingValue", database.IsLegacy ? Severity.Info : Severity.Blocker, $"{missing.Lookup} {missing.Name}",
                $"The database has no {missing.Lookup} \"{missing.Name}\".");
        if (catalog.ScopeTable == "tblScopedPrincipal")
            yield return new ProbeNote("ScopedSpelling", Severity.Info, "tblScopedPrincipal", "The table of scopes is spelled tblScopedPrincipal here.");
    }

    // Everything that a migrated row may need; the other principal types exist in legacy only.
    private static bool IsNeeded(ProbedValue value, ChatDatabase database) => database.IsLegacy || value.Name != "open";
}
