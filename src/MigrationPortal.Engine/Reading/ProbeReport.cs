using System.Text.Json.Serialization;

namespace MigrationPortal.Engine.Reading;

/// <summary>What a chat database is made of, compared with what its product documents.</summary>
public sealed record ProbeReport
{
    public required ChatProduct Product { get; init; }
    public required IReadOnlyList<ProbedTable> Tables { get; init; }
    public required IReadOnlyList<ProbedValue> Values { get; init; }
    public required IReadOnlyList<ProbeNote> Notes { get; init; }
    /// <summary>Whether the login may change tables; on the legacy side that is a warning.</summary>
    public required bool MayWrite { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ProbeState>))]
public enum ProbeState
{
    Present,
    Missing,
    /// <summary>There, but not documented.</summary>
    Unknown,
}

/// <param name="Meaning">What follows from its absence; null when nothing does.</param>
public sealed record ProbedTable(string Name, ProbeState State, bool IsRequired, IReadOnlyList<ProbedColumn> Columns, string? Meaning);

public sealed record ProbedColumn(string Name, ProbeState State, bool IsRequired, string? Meaning);

/// <param name="Lookup"><c>Visibility</c>, <c>Behavior</c>, <c>RoleType</c> or <c>PrincipalType</c>.</param>
/// <param name="Number">The database's own number for it; null when the value is missing there.</param>
public sealed record ProbedValue(string Lookup, string Name, int? Number, ProbeState State);

/// <param name="Code">Stable, e.g. <c>UnknownColumn</c>, <c>MayWriteLegacy</c>.</param>
public sealed record ProbeNote(string Code, Severity Severity, string Subject, string Message);
