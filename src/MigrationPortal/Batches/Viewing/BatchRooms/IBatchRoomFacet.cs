using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Ui;

namespace MigrationPortal.Batches.Viewing.BatchRooms;

/// <summary>What a later feature knows of the rooms of a batch, by which they can be filtered.</summary>
internal interface IBatchRoomFacet
{
    /// <summary>In the address of the list and of its file; one of <see cref="BatchRoomFilter.ValueOf"/>.</summary>
    string Name { get; }

    /// <returns>Null where the value is one of the facet's.</returns>
    Refusal? FindRefusal(string value);

    /// <returns>Null where it is none of the facet's: it filters nothing.</returns>
    IQueryable<long>? ListRooms(PortalDbContext db, long batchId, string value);

    /// <summary>All of its values, also those that no room has; none while nothing is known of the batch.</summary>
    Task<IReadOnlyList<RoomFacetValue>> CountAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken);
}

/// <param name="Facet">The facet's name.</param>
/// <param name="Title">In the reader's language.</param>
public sealed record RoomFacetValue(string Facet, string Value, string Title, Tone Tone, int Rooms);
