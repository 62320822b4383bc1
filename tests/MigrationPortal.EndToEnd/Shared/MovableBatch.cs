namespace MigrationPortal.EndToEnd.Shared;

/// <summary>A test's own batch, taken back and deleted with it, its room free again; one that was started stays.</summary>
internal sealed class MovableBatch(RunningPortal portal, HttpClient planner, string id, string room) : IAsyncDisposable
{
    public string Id => id;

    public string Room => room;

    public async ValueTask DisposeAsync()
    {
        using var recalled = await planner.PostAsync($"/api/v1/batches/{id}/recall", null);
        using var deleted = await planner.DeleteAsync($"/api/v1/batches/{id}");
        if (deleted.IsSuccessStatusCode)
            portal.FreeRooms.Push(room);
    }
}
