namespace MigrationPortal.EndToEnd.Shared;

/// <summary>A test's own draft. What became of it in the test, unless it is still a draft, stays.</summary>
internal sealed class MovableBatch(HttpClient planner, string id, string room) : IAsyncDisposable
{
    public string Id => id;

    public string Room => room;

    public async ValueTask DisposeAsync()
    {
        using var deleted = await planner.DeleteAsync($"/api/v1/batches/{id}");
    }
}
