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

/// <param name="Absence">What follows from its absence; null when nothing does.</param>
public sealed record ProbedTable(string Name, ProbeState State, bool IsRequired, IReadOnlyList<ProbedColumn> Columns, [property: JsonIgnore] Wording? Absence)
{
    /// <summary>In the language of whoever reads.</summary>
    public string? Meaning => Absence?.ToString();
}

public sealed record ProbedColumn(string Name, ProbeState State, bool IsRequired, [property: JsonIgnore] Wording? Absence)
{
    /// <summary>In the language of whoever reads.</summary>
    public string? Meaning => Absence?.ToString();
}

/// <param name="Lookup"><c>Visibility</c>, <c>Behavior</c>, <c>RoleType</c> or <c>PrincipalType</c>.</param>
/// <param name="Number">The database's own number for it; null when the value is missing there.</param>
public sealed record ProbedValue(string Lookup, string Name, int? Number, ProbeState State);

/// <param name="Code">Stable, e.g. <c>UnknownColumn</c>, <c>MayWriteLegacy</c>.</param>
public sealed record ProbeNote(string Code, Severity Severity, string Subject, [property: JsonIgnore] Wording Wording)
{
    /// <param name="key">The code, or <c>code.variant</c>; after <c>Probe.</c> a key of the resources <c>Findings</c>.</param>
    public ProbeNote(string key, Severity severity, string subject, params ReadOnlySpan<object?> args)
        : this(key.Split('.')[0], severity, subject, new Wording($"Probe.{key}", args))
    {
    }

    /// <summary>In the language of whoever reads.</summary>
    public string Message => Wording.ToString();
}
