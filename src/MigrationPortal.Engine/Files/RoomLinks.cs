using System.Runtime.CompilerServices;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Files;

/// <summary>A file that messages of a room link to, once however many do.</summary>
/// <param name="Path">As the legacy store spells it; null with the problem.</param>
internal readonly record struct LinkedFile(FileLink Link, StorePath? Path, FileProblem? Problem);

/// <summary>
/// The files of one room in the order in which messages link to them. Sixteen bytes are kept of each, so that none comes twice.
/// A connection is only held while a page of links is read.
/// </summary>
internal sealed class RoomLinks(ChatDatabase legacy, FileStore store, PlannedRoom room)
{
    /// <summary>Links so far, doubles included.</summary>
    public long Count { get; private set; }

    /// <exception cref="ChatDatabaseException">The database fails; the exception carries the sentence.</exception>
    public async IAsyncEnumerable<LinkedFile> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (seen, after) = (new HashSet<UInt128>(), (long?)null);
        do
        {
            var page = await PageAsync(after, cancellationToken);
            if (!page.IsDone) throw new ChatDatabaseException(page.Refusal, null);
            foreach (var link in page.Value.Links)
            {
                Count++;
                var file = Find(store, link);
                if (seen.Add(StoreIndex.HashOf(file.Path?.Key ?? $"?{link.Target}"))) yield return file;
            }
            after = page.Value.Next;
        }
        while (after is not null);
    }

    public static LinkedFile Find(FileStore store, FileLink link)
    {
        var (paths, problem) = FileLinks.Read(link.Target);
        foreach (var path in paths)
        {
            var (found, reason) = store.Locate(path);
            if (found is not null) return new(link, found, null);
            if (problem is null or FileProblem.Missing) problem = reason;
        }
        return new(link, null, problem);
    }

    private async Task<Outcome<LinkPage>> PageAsync(long? after, CancellationToken cancellationToken)
    {
        var opened = await SqlDialect.For(legacy.Provider).OpenForReadingAsync(legacy, cancellationToken);
        if (!opened.IsDone) return opened.Refusal;
        await using var session = opened.Value;
        return await FileLinkReader.ReadAsync(session, room.LegacyNodeId, after, room.CutOffTicks, cancellationToken);
    }
}
