using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Tests.Batches.Editing;

internal sealed record EditState(int Version, IReadOnlyDictionary<string, string?> Values)
{
    public EditState Next(int version, IReadOnlyDictionary<string, string?> wish) => new(version, Values.ToDictionary(x => x.Key, x => wish.TryGetValue(x.Key, out var wanted) ? wanted : x.Value, StringComparer.Ordinal));
}

/// <summary>What somebody tried: what they saw, what they wanted of it, and what came of it.</summary>
internal sealed record EditMade(Caller By, EditState Seen, IReadOnlyDictionary<string, string?> Wish, Outcome<BatchEdited> Outcome);

/// <summary>The fields of a batch that <see cref="RandomEditTests"/> edits.</summary>
internal sealed class EditModel(long desk, long repo, long swaps)
{
    private static readonly string _separator = BatchFields.Option(nameof(PlanOptions.PrefixSeparator));
    private static readonly string _root = BatchFields.Option(nameof(PlanOptions.RootCategory));

    private readonly Dictionary<string, string?[]> _choices = new(StringComparer.Ordinal)
    {
        [BatchFields.Name] = ["N0", "N1", "N2", "N3"],
        [BatchFields.NewName(desk)] = [null, "D1", "D2"],
        [BatchFields.NewName(repo)] = [null, "R1", "R2"],
        [BatchFields.Member(swaps)] = ["Yes", "No"],
        [_separator] = [" - ", " / ", " > "],
        [_root] = ["Old", "New", "Root"],
    };

    /// <summary>One to three fields, each with another value than was seen.</summary>
    public Dictionary<string, string?> Draw(Random random, EditState seen)
    {
        var fields = _choices.Keys.Order(StringComparer.Ordinal).ToArray();
        random.Shuffle(fields);
        return fields.Take(random.Next(1, 4)).ToDictionary(x => x, x => _choices[x].Where(value => value != seen.Values[x]).OrderBy(_ => random.Next()).First(), StringComparer.Ordinal);
    }

    public EditBatch Edit(long id, EditState seen, IReadOnlyDictionary<string, string?> wish)
    {
        var names = new Dictionary<long, string?>();
        foreach (var room in new[] { desk, repo })
        {
            if (wish.TryGetValue(BatchFields.NewName(room), out var name))
                names[room] = name;
        }

        var member = wish.GetValueOrDefault(BatchFields.Member(swaps));
        return new EditBatch(id)
        {
            BaseVersion = seen.Version,
            Name = wish.GetValueOrDefault(BatchFields.Name),
            NewNames = names,
            AddRoomIds = member == "Yes" ? [swaps] : null,
            RemoveRoomIds = member == "No" ? [swaps] : null,
            SetsOptions = wish.ContainsKey(_separator) || wish.ContainsKey(_root),
            Options = new PlanOptions { PrefixSeparator = (wish.GetValueOrDefault(_separator) ?? seen.Values[_separator])!, RootCategory = (wish.GetValueOrDefault(_root) ?? seen.Values[_root])! },
        };
    }

    public async Task<EditState> ReadAsync(BatchWorld world, long id)
    {
        var batch = await world.BatchAsync(id);
        await using var db = world.Database.OpenPortal();
        var rooms = await db.Set<BatchRoom>().Where(x => x.BatchId == id).ToDictionaryAsync(x => x.RoomId, x => x.NewName);
        return new(batch.Version, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [BatchFields.Name] = batch.Name,
            [BatchFields.NewName(desk)] = rooms[desk],
            [BatchFields.NewName(repo)] = rooms[repo],
            [BatchFields.Member(swaps)] = rooms.ContainsKey(swaps) ? "Yes" : "No",
            [_separator] = batch.Options!.PrefixSeparator,
            [_root] = batch.Options.RootCategory,
        });
    }
}
