using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.PoolPairs.Checking;

/// <summary>What the engine found out about a database, one line a question.</summary>
internal static class DatabaseLines
{
    // Said by a line of their own.
    private static readonly string[] _said = ["RightMissing", "MayWriteLegacy", "Absent", "UndocumentedColumn", "UnknownValue", "UnknownValueUsed", "MissingValue"];

    public static IEnumerable<PoolCheck> Of(ChatDatabase database, DatabaseCheck check)
    {
        yield return Connection(database, check);
        yield return Product(database, check);
        if (check.Unfit is null)
        {
            yield return Read(check);
            yield return database.IsLegacy ? WriteLegacy(check) : WriteNew(check);
        }

        yield return Waits(database, check);
        yield return check.Login.ReadsSnapshot
            ? new(CheckKind.Snapshot, CheckState.Passed, new Wording("Check.Snapshot.yes"))
            : new(CheckKind.Snapshot, CheckState.Warning, new Wording("Check.Snapshot.no"), new Wording("Check.Snapshot.no-note"));
        foreach (var line in check.Probe is { } probe ? Schema(probe) : [])
            yield return line;
    }

    private static PoolCheck Connection(ChatDatabase database, DatabaseCheck check)
    {
        var place = SqlDialect.For(database.Provider).FindPlace(database.ConnectionString);
        var how = check.Login.IsEncrypted switch { null => "local", true => "encrypted", false => "plain" };
        return new(
            CheckKind.Database, CheckState.Passed, new Wording("Check.Database", place?.Database ?? "", place?.Server ?? ""),
            new Wording($"Check.Database.{how}", check.Login.Server, check.Login.Login, (long)Math.Ceiling(check.Elapsed.TotalMilliseconds)));
    }

    private static PoolCheck Product(ChatDatabase database, DatabaseCheck check) => check switch
    {
        { Unfit: { } unfit } => new(CheckKind.Product, CheckState.Failed, unfit.Wording),
        { Probe: null } => new(CheckKind.Product, CheckState.NotNeeded, new Wording("Check.Product.unread")),
        _ => new(CheckKind.Product, CheckState.Passed, new Wording($"Check.Product.{database.Product}"), new Wording("Check.Product.rooms", check.Rooms ?? 0)),
    };

    private static PoolCheck Read(DatabaseCheck check) => check.MissingReads.Count == 0
        ? new(CheckKind.Read, CheckState.Passed, new Wording("Check.Read"))
        // Tables that the probe could do without are left: the scan says what it could not read.
        : new(CheckKind.Read, check.Probe is null ? CheckState.Failed : CheckState.Warning, new Wording("Check.Read.not", check.MissingReads.Count), null, check.MissingReads, check.GrantReads);

    private static PoolCheck WriteLegacy(DatabaseCheck check) => check.Writable.Count == 0
        ? new(CheckKind.Write, CheckState.Passed, new Wording("Check.Write.legacy"))
        : new(CheckKind.Write, CheckState.Warning, new Wording("Check.Write.legacy-may", check.Writable.Count), new Wording("Check.Write.legacy-note"), null, check.CreateReader);

    private static PoolCheck WriteNew(DatabaseCheck check) => check.MissingWrites.Count == 0
        ? new(CheckKind.Write, CheckState.Passed, new Wording("Check.Write.new"))
        : new(CheckKind.Write, CheckState.Failed, new Wording("Check.Write.new-not", check.MissingWrites.Count), null, [.. check.MissingWrites.Select(x => $"{x.Right} ON {x.Table}")], check.GrantWrites);

    private static PoolCheck Waits(ChatDatabase database, DatabaseCheck check) => (database.IsLegacy, check.GrantWaits) switch
    {
        (true, _) => new(CheckKind.Waits, CheckState.NotNeeded, new Wording("Check.Waits.legacy")),
        (_, null) => new(CheckKind.Waits, CheckState.Passed, new Wording("Check.Waits.yes")),
        _ => new(CheckKind.Waits, CheckState.Warning, new Wording("Check.Waits.no"), new Wording("Check.Waits.no-note"), null, check.GrantWaits),
    };

    private static IEnumerable<PoolCheck> Schema(ProbeReport probe)
    {
        var documented = probe.Tables.Where(x => x.State != ProbeState.Unknown).ToList();
        string[] missing = [.. documented.Where(x => x.State == ProbeState.Missing).Select(x => x.Name)];
        yield return new(
            CheckKind.Documented, CheckState.Passed, new Wording("Check.Documented", documented.Count - missing.Length, documented.Count),
            missing.Length == 0 ? null : new Wording("Check.Documented.missing"), missing);
        string[] other = [.. probe.Tables.Where(x => x.State == ProbeState.Unknown).Select(x => x.Name)];
        yield return other.Length == 0
            ? new(CheckKind.Other, CheckState.Passed, new Wording("Check.Other.none"))
            : new(CheckKind.Other, CheckState.NotNeeded, new Wording("Check.Other", other.Length), null, other);
        var values = probe.Notes.Where(x => x.Code is "UnknownValue" or "UnknownValueUsed" or "MissingValue").ToList();
        if (values.Count == 0)
            yield return new(CheckKind.Values, CheckState.Passed, new Wording("Check.Values"));
        foreach (var note in values)
            yield return new(CheckKind.Values, StateOf(note.Severity), note.Wording);
        foreach (var note in probe.Notes.Where(x => !_said.Contains(x.Code)))
            yield return new(CheckKind.Note, StateOf(note.Severity), note.Wording);
        string[] columns = [.. probe.Notes.Where(x => x.Code == "UndocumentedColumn").Select(x => x.Subject)];
        if (columns.Length > 0)
            yield return new(CheckKind.Note, CheckState.NotNeeded, new Wording("Check.Columns", columns.Length), null, columns);
    }

    private static CheckState StateOf(Severity severity) => severity switch
    {
        Severity.Blocker => CheckState.Failed,
        Severity.Warning => CheckState.Warning,
        _ => CheckState.NotNeeded,
    };
}
