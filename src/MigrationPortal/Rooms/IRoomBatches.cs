using MigrationPortal.Rooms.Viewing;
using MudBlazor;

namespace MigrationPortal.Rooms;

/// <summary>What the pages of rooms do with batches, which a later feature has.</summary>
internal interface IRoomBatches
{
    /// <summary>The pair's batches, newest first, each with the rooms that it still holds.</summary>
    Task<IReadOnlyList<BatchChoice>> ListAsync(string poolPairId, CancellationToken cancellationToken);

    /// <summary>Asks for a new or an existing draft and adds the rooms to it.</summary>
    /// <returns>The sentence that says what was done; null when nothing was.</returns>
    Task<string?> AddAsync(IDialogService dialogs, string title, string poolPairId, long[] roomIds);

    /// <summary>The newest events of every batch that the room was in.</summary>
    Task<IReadOnlyList<RoomEvent>> EventsAsync(long roomId, int most, CancellationToken cancellationToken);
}
