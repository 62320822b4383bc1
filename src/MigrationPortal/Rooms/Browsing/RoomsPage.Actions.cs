using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Rooms.Browsing;

/// <summary>What can be done with the selected rooms.</summary>
public sealed partial class RoomsPage
{
    [Inject] internal RoomActions Actions { get; set; } = null!;

    private Task AddToBatchAsync() => DoAsync(Actions.AddAsync(_pair!.Id, _selected));

    private Task AddFromFileAsync() => _pair is { } pair ? DoAsync(Actions.AddFromFileAsync(pair.Id)) : Task.CompletedTask;

    private Task LeaveOutAsync() => DoAsync(Actions.ExcludeAsync(_pair!.Id, _selected));

    private Task IncludeAsync() => DoAsync(Actions.IncludeAsync(_pair!.Id, _selected));

    private Task AcceptAsync() => DoAsync(Actions.AcceptAsync(_pair!.Id, _selected, new Dictionary<long, string?>(_seen)));

    private async Task DoAsync(Task<long[]?> action)
    {
        if (await action is not { } done)
            return;
        Unselect(done);
        if (_selected.Count == 0 && Address.OnlySelected)
            Go(Address with { OnlySelected = false, Fit = null, Skip = 0 });
        await JudgeAsync();
        await ReadAsync();
    }
}
