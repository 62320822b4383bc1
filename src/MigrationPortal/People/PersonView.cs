using System.Text.Json.Serialization;
using MigrationPortal.Api;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.People;

/// <summary>One principal as one pool knows it; the old pool may have two rows of one guid.</summary>
public sealed record PersonSide(
    bool IsLegacy, int PrincipalId, string Name, string Uri, string? Email, string? Path, string Kind, short State, DateTime VerifiedOn);

/// <param name="Through">The group that has it; null where the right is the person's own.</param>
public sealed record PlaceRight(string Right, string? Through);

/// <summary>A room or category where somebody has rights, or wrote.</summary>
/// <param name="Category">The room's; empty for a category itself.</param>
/// <param name="RoomId">Null for a category.</param>
public sealed record PersonPlace(
    Guid Guid, string Name, bool IsCategory, string Category, string? RoomId, bool Wrote, IReadOnlyList<PlaceRight> Legacy, IReadOnlyList<PlaceRight> New);

/// <summary>What some batch's newest plan changes for somebody.</summary>
public sealed record PersonChange([property: JsonNumberHandling(JsonNumberHandling.WriteAsString)] long BatchId, string BatchName, RightChange Change);

internal sealed record PersonView(
    PersonRow Row, IReadOnlyList<PersonSide> Sides, IReadOnlyList<string> Groups, Page<PersonChange> Changes, Page<PersonPlace> Places);
