using System.Text.Json.Serialization;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Engine.Undo;

/// <summary>What an undo would take away and leave, read from the new pool without changing it.</summary>
public sealed record UndoPreview
{
    public required IReadOnlyList<UndoneRoom> Rooms { get; init; }

    /// <summary>Rows that go, per table of the new pool, without messages.</summary>
    public required IReadOnlyList<UndoneTable> Tables { get; init; }

    /// <summary>Why nothing can be taken away: each names a room or right and what somebody did to it. Empty when it can.</summary>
    public required IReadOnlyList<UndoObstacle> Obstacles { get; init; }

    /// <summary>Shared rows that stay because something else needs them.</summary>
    public required IReadOnlyList<KeptRow> Kept { get; init; }

    /// <summary>What goes and stays in the new file store.</summary>
    public FilesToUndo Files { get; init; } = FilesToUndo.None;

    /// <summary>Lower hex SHA-256 of which rows and files go and which stay; the same however many messages are gone already.</summary>
    public required string Fingerprint { get; init; }
}

/// <param name="NodeId">Of the room in the new pool.</param>
/// <param name="Messages">Messages of the batch that still stand in it.</param>
/// <param name="People">Who has a right in it.</param>
public sealed record UndoneRoom(Guid Guid, int NodeId, string Name, long Messages, int People);

public sealed record UndoneTable(string Table, long Rows);

/// <param name="Code"><c>PostedSince</c>, <c>RoomChanged</c>, <c>RightsChanged</c>, <c>InvitedSince</c>, <c>AddInChanged</c>, <c>FileChanged</c>.</param>
/// <param name="Subject">Name of the room, category or add-in, or path of the file.</param>
public sealed record UndoObstacle(string Code, string Subject, [property: JsonIgnore] Wording Wording)
{
    /// <summary>In the language of whoever reads.</summary>
    public string Message => Wording.ToString();
}

/// <param name="Key">As in the ledger: key values joined by <c>|</c>.</param>
/// <param name="NeededBy">nodeID of a room that stays and needs it.</param>
/// <param name="NeededByPerson">prinID of somebody who stays and is a member of it, where no room needs it.</param>
public sealed record KeptRow(string Table, string Key, string Subject, int? NeededBy, int? NeededByPerson = null);

/// <param name="Messages">Of the room, taken away so far by this call.</param>
/// <param name="Files">Taken away so far by this call, once the messages are gone.</param>
public readonly record struct UndoProgress(Guid Room, long Messages, long Files = 0);
