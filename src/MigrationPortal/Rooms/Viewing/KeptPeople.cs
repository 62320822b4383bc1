using Microsoft.Extensions.Caching.Memory;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Rooms.Viewing;

/// <summary>Everything that decides who is in a room: as long as it is the same, so are the people.</summary>
/// <param name="Written">Changes whenever the row of what was written to the new room since the scan changes.</param>
internal sealed record PeopleKey(long ScanId, int? LegacyNodeId, int? NewNodeId, PlanOptions Options, string? Written);

/// <summary>
/// The people of the rooms that were looked at last: each page of a room needs all of its people in order, and working out 50 000 takes
/// seconds.
/// </summary>
internal sealed class KeptPeople : IDisposable
{
    // Of all rooms together. A line takes about 400 bytes: 80 MB at most. A room with more people than that is worked out each time.
    private const int MostLines = 200_000;

    private static readonly TimeSpan _kept = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _rooms = new(new MemoryCacheOptions { SizeLimit = MostLines });

    // Whoever asks for a room that is being worked out waits for it. Rooms that share a gate wait for each other.
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 8).Select(_ => new SemaphoreSlim(1))];

    public IReadOnlyList<RoomPerson>? Find(PeopleKey key) => _rooms.TryGetValue(key, out IReadOnlyList<RoomPerson>? known) ? known : null;

    public async Task<IReadOnlyList<RoomPerson>> ListAsync(PeopleKey key, Func<Task<List<RoomPerson>>> workOut, CancellationToken cancellationToken)
    {
        if (_rooms.TryGetValue(key, out IReadOnlyList<RoomPerson>? known))
            return known!;
        var gate = _gates[(key.GetHashCode() & int.MaxValue) % _gates.Length];
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (_rooms.TryGetValue(key, out known))
                return known!;
            var people = await workOut();
            _rooms.Set(key, (IReadOnlyList<RoomPerson>)people, new MemoryCacheEntryOptions { Size = people.Count + 1, AbsoluteExpirationRelativeToNow = _kept });
            return people;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        _rooms.Dispose();
        foreach (var gate in _gates)
            gate.Dispose();
    }
}
