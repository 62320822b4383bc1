using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>
/// What an administrator needs to know of a chat database before it is used. The statements are for its administrator to run; the portal
/// itself changes nobody's rights.
/// </summary>
public sealed record DatabaseCheck
{
    /// <summary>Until the server had said who signs in.</summary>
    public required TimeSpan Elapsed { get; init; }
    public required LoginFacts Login { get; init; }
    /// <summary>Why it is no database of that product; null when it is one.</summary>
    public Refusal? Unfit { get; init; }
    /// <summary>Null where it is unfit, or where <see cref="MissingReads"/> has a table that is needed.</summary>
    public ProbeReport? Probe { get; init; }
    /// <summary>Documented tables that are there and that the login cannot read.</summary>
    public IReadOnlyList<string> MissingReads { get; init; } = [];
    /// <summary>Documented tables that the login may change.</summary>
    public IReadOnlyList<string> Writable { get; init; } = [];
    /// <summary>New side: what writing and undo need and the login lacks. Legacy side: empty.</summary>
    public IReadOnlyList<TableRight> MissingWrites { get; init; } = [];
    /// <summary>Null where they cannot be counted.</summary>
    public long? Rooms { get; init; }
    public string? GrantReads { get; init; }
    public string? GrantWrites { get; init; }
    /// <summary>Null where the login sees sessions and locks.</summary>
    public string? GrantWaits { get; init; }
    /// <summary>Creates a login for the legacy side that can only read.</summary>
    public required string CreateReader { get; init; }
}
