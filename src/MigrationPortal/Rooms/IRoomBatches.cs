using MigrationPortal.Api;
using MigrationPortal.Rooms.Choosing;
using MigrationPortal.Rooms.Viewing;
using MudBlazor;

namespace MigrationPortal.Rooms;

/// <param name="Sentence">Says what was done, and what was left.</param>
/// <param name="RoomIds">Those that were added.</param>
internal sealed record AddedRooms(string Sentence, long BatchId, long[] RoomIds);

/// <summary>What the pages of rooms do with batches, which a later feature has.</summary>
internal interface IRoomBatches
{
    /// <summary>Asks for a file and shows what each of its rows means.</summary>
    /// <returns>The rooms that can be added; null when it was cancelled.</returns>
    Task<long[]?> ChooseFromFileAsync(IDialogService dialogs, string poolPairId);

    /// <summary>The pair's batches, newest first, each with the rooms that it still holds.</summary>
    Task<IReadOnlyList<BatchChoice>> ListAsync(string poolPairId, CancellationToken cancellationToken);

    /// <summary>Asks for a new or an existing draft and adds the rooms to it.</summary>
    /// <param name="left">Those that the person chose and that cannot be added, by reason; the dialog says so first.</param>
    /// <returns>Null when nothing was done.</returns>
    Task<AddedRooms?> AddAsync(IDialogService dialogs, string title, string poolPairId, long[] roomIds, IReadOnlyList<LeftRooms> left);

    /// <summary>The events of every batch that the room was in, newest first.</summary>
    Task<Page<RoomEvent>> EventsAsync(long roomId, Paging paging, CancellationToken cancellationToken);

    /// <summary>How many of them happened at that moment or after it.</summary>
    Task<int> CountEventsAsync(long roomId, DateTimeOffset since, CancellationToken cancellationToken);
}
