using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments.Viewing;

/// <summary>A thread as a page shows it.</summary>
/// <param name="Comments">Oldest first, deleted and redacted ones as empty places.</param>
/// <param name="IsGone">What it is about is no longer in the batch or its plan.</param>
/// <param name="IsOutdated">It was begun when the plan was another one.</param>
/// <param name="RoomName">Of the room that it is about; of a line about a category, what the plan calls that.</param>
public sealed record ThreadView(CommentThread Thread, IReadOnlyList<Comment> Comments, bool IsGone, bool IsOutdated, string? RoomName);

/// <summary>A thread on the page of what it is about, whatever batch it belongs to.</summary>
internal sealed record PlacedThread(ThreadView View, Batch Batch);

/// <param name="ByThing">How many threads of a batch are open, by what each is about now.</param>
internal sealed record OpenThreads(IReadOnlyDictionary<string, int> ByThing, AnchoredCategories Categories);

internal sealed class ThreadQueries(IDbContextFactory<PortalDbContext> databases, IEnumerable<IAnchoredThings> later)
{
    // Things that are commented on; each is read by people.
    private const int MostAnchors = 10_000;

    /// <summary>What is about something that changed first, then the open ones, then the resolved ones; in each the oldest first.</summary>
    /// <param name="categories">Of the batch's plan, where they are read for something else as well.</param>
    /// <returns>Null where there is no such batch.</returns>
    public async Task<Page<ThreadView>?> ListAsync(long batchId, Caller caller, Paging paging, CancellationToken cancellationToken, AnchoredCategories? categories = null)
    {
        categories ??= new();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await BatchReads.FindAsync(db, batchId, cancellationToken) is not { } batch)
            return null;
        var threads = await ThreadReach.ListAsync(db, caller, batch.PoolPairId, batchId, cancellationToken);
        var total = await threads.LongCountAsync(cancellationToken);
        var gone = await FindGoneAsync(db, threads, total, paging, categories, cancellationToken);
        var page = await threads.OrderBy(x => x.ResolvedAt != null).ThenBy(x => !gone.Contains(x.Id)).ThenBy(x => x.Id).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        var views = await ReadAsync(db, batch, page, categories, cancellationToken);
        return new(total, [.. views.OrderBy(Rank).ThenBy(x => x.Thread.Id)]);
    }

    /// <summary>Of all batches of a pool pair: about a room itself and what concerns it, or about one run. Ranked as those of a batch; in each rank the newest first.</summary>
    public async Task<Page<PlacedThread>> ListAboutAsync(string poolPairId, Anchor about, Caller caller, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var threads = await AboutAsync(db, poolPairId, about, caller, cancellationToken);
        var total = await threads.LongCountAsync(cancellationToken);
        var gone = await FindGoneAsync(db, threads, total, paging, categories: null, cancellationToken);
        var page = await threads.OrderBy(x => x.ResolvedAt != null).ThenBy(x => !gone.Contains(x.Id)).ThenByDescending(x => x.Id).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        var ids = page.Select(x => x.BatchId).Distinct().ToArray();
        var batches = await BatchReads.All(db).Where(x => ids.Contains(x.Id)).ToDictionaryAsync(x => x.Id, cancellationToken);
        var views = new List<PlacedThread>();
        // A room is in one open batch, and in a few that are over. A draft can be deleted, with its threads, between the two statements.
        foreach (var same in page.GroupBy(x => x.BatchId))
        {
            if (batches.TryGetValue(same.Key, out var batch))
                views.AddRange((await ReadAsync(db, batch, [.. same], new(), cancellationToken)).Select(x => new PlacedThread(x, batch)));
        }

        return new(total - (page.Count - views.Count), [.. views.OrderBy(x => Rank(x.View)).ThenByDescending(x => x.View.Thread.Id)]);
    }

    /// <summary>How many of those that <see cref="ListAboutAsync"/> lists are open.</summary>
    public async Task<int> CountOpenAboutAsync(string poolPairId, Anchor about, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await (await AboutAsync(db, poolPairId, about, caller, cancellationToken)).CountAsync(x => x.ResolvedAt == null, cancellationToken);
    }

    /// <summary>Where a new thread about it belongs: the run's batch, or the newest one that the room is in; null where it is in none.</summary>
    public async Task<Batch?> FindPlaceAsync(Anchor about, long? batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var id = batchId ?? await BatchReads.Rooms(db).Where(x => x.RoomId == about.RoomId).MaxAsync(x => (long?)x.BatchId, cancellationToken);
        return id is { } found ? await BatchReads.FindAsync(db, found, cancellationToken) : null;
    }

    /// <summary>How many threads are open about each thing of a batch that the person may read about.</summary>
    /// <param name="categories">As of <see cref="ListAsync"/>.</param>
    public async Task<OpenThreads> CountOpenAsync(long batchId, Caller caller, CancellationToken cancellationToken, AnchoredCategories? categories = null)
    {
        categories ??= new();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await BatchReads.FindAsync(db, batchId, cancellationToken) is not { } batch)
            return new(new Dictionary<string, int>(), categories);
        var threads = await ThreadReach.ListAsync(db, caller, batch.PoolPairId, batchId, cancellationToken);
        var open = await threads.Where(x => x.ResolvedAt == null).GroupBy(x => new { x.AnchorKind, x.AnchorKey }).Select(x => new { x.Key, Count = x.Count() })
            .OrderByDescending(x => x.Count).Take(MostAnchors).ToListAsync(cancellationToken);
        var counts = open.ConvertAll(x => (About: new Anchor(x.Key.AnchorKind, x.Key.AnchorKey), x.Count));
        await categories.ReadAsync(db, batchId, counts.Select(x => x.About), cancellationToken);
        return new(counts.GroupBy(x => categories.ThingOf(x.About), x => x.Count, StringComparer.Ordinal).ToDictionary(x => x.Key, x => x.Sum(), StringComparer.Ordinal), categories);
    }

    /// <summary>Where a thread is; a refusal where this person may not read it.</summary>
    public async Task<Outcome<ThreadView>> FindAsync(long threadId, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<CommentThread>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == threadId, cancellationToken) is not { } thread)
            return ThreadReads.NotFound(threadId);
        if (await BatchReads.FindAsync(db, thread.BatchId, cancellationToken) is not { } batch)
            return ThreadReads.NotFound(threadId);
        return await ThreadReach.RefuseAsync(db, caller, batch.PoolPairId, thread.Anchor, cancellationToken) is { } refusal
            ? refusal
            : (await ReadAsync(db, batch, [thread], new(), cancellationToken))[0];
    }

    /// <summary>What the room or category that something is about is called now; null where there is none such.</summary>
    public async Task<string?> FindNameAsync(string poolPairId, long batchId, Anchor about, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (about.RoomId is { } room)
            return (await RoomNames.EachAsync(db, poolPairId, [room], cancellationToken)).GetValueOrDefault(room)?.ToString();
        var categories = new AnchoredCategories();
        await categories.ReadAsync(db, batchId, [about], cancellationToken);
        return categories.NameOf(about);
    }

    // Each has an index of its own, which a condition that asks for either would not use.
    private static async Task<IQueryable<CommentThread>> AboutAsync(PortalDbContext db, string poolPairId, Anchor about, Caller caller, CancellationToken cancellationToken)
    {
        var threads = db.Set<CommentThread>().AsNoTracking();
        if (about.RoomId is not { } room)
            return threads.Where(x => x.AnchorKind == about.Kind && x.AnchorKey == about.Key);
        var ofRoom = threads.Where(x => x.RoomId == room);
        return await ThreadReach.RefuseAsync(db, caller, poolPairId, new(AnchorKind.Message, $"{room}:0"), cancellationToken) is null ? ofRoom : ofRoom.Where(x => x.AnchorKind != AnchorKind.Message);
    }

    private static int Rank(ThreadView view) => view switch
    {
        { Thread.IsOpen: false } => 2,
        { IsGone: true } => 0,
        _ => 1,
    };

    /// <param name="categories">Null where the threads may be of several batches.</param>
    /// <returns>Nothing where the page has room for all: they are ranked as they were read.</returns>
    private async Task<long[]> FindGoneAsync(
        PortalDbContext db, IQueryable<CommentThread> threads, long total, Paging paging, AnchoredCategories? categories, CancellationToken cancellationToken)
    {
        if (paging.Skip == 0 && total <= paging.Take)
            return [];
        var open = await threads.Where(x => x.ResolvedAt == null && x.AnchorKind != AnchorKind.Batch).OrderBy(x => x.Id).Take(MostAnchors).ToListAsync(cancellationToken);
        var gone = new List<long>();
        foreach (var same in open.GroupBy(x => x.BatchId))
        {
            List<CommentThread> about = [.. same];
            var places = await AnchorPlaces.ReadAsync(db, same.Key, about, categories ?? new(), later, cancellationToken);
            gone.AddRange(about.Where(places.IsGone).Select(x => x.Id));
        }

        return [.. gone];
    }

    private async Task<IReadOnlyList<ThreadView>> ReadAsync(PortalDbContext db, Batch batch, List<CommentThread> threads, AnchoredCategories categories, CancellationToken cancellationToken)
    {
        if (threads.Count == 0)
            return [];
        var ids = threads.Select(x => x.Id).ToArray();
        var comments = (await db.Set<Comment>().AsNoTracking().Where(x => ids.Contains(x.ThreadId)).OrderBy(x => x.Id).ToListAsync(cancellationToken)).ToLookup(x => x.ThreadId);
        var rooms = threads.Select(x => x.RoomId).OfType<long>().Distinct().ToArray();
        var names = rooms.Length == 0 ? [] : await RoomNames.EachAsync(db, batch.PoolPairId, rooms, cancellationToken);
        var places = await AnchorPlaces.ReadAsync(db, batch.Id, threads, categories, later, cancellationToken);
        return [.. threads.Select(x => new ThreadView(
            x, [.. comments[x.Id]], places.IsGone(x), places.IsOutdated(x, batch.Fingerprint), x.RoomId is { } room && names.TryGetValue(room, out var name) ? name.ToString() : places.CategoryOf(x.Anchor)))];
    }
}
