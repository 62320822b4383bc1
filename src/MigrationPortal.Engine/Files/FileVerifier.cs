using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Files;

/// <param name="Name">Path in the store, or what the link says where there is none.</param>
public sealed record FileDifference(string Name, FileProblem Problem)
{
    /// <summary>The legacy side is at fault, and was before anything moved: announced by P18 where a batch was checked.</summary>
    public bool IsByRule => Problem is FileProblem.LinkUnreadable or FileProblem.LeavesStore or FileProblem.NameRefused or FileProblem.Missing or FileProblem.NotRegular or FileProblem.Ambiguous;
}

/// <summary>The files that a room's messages link to, from fresh readings of both stores.</summary>
/// <param name="Legacy">Files that the legacy store has.</param>
/// <param name="New">Those of them that the new store has with the same size and SHA-256.</param>
/// <param name="Differences">The first, at most <see cref="MaxDifferences"/>.</param>
public sealed record FileProof(long Links, long Legacy, long New, long Bytes, IReadOnlyList<FileDifference> Differences, long DifferenceCount)
{
    public const int MaxDifferences = 100;

    public bool Holds => Legacy == New;
}

/// <summary>Compares every linked file of a room on both sides, byte by byte through its SHA-256.</summary>
internal sealed class FileVerifier(ChatDatabase legacy, FileStore from, FileStore to)
{
    /// <summary>Null where there are no two stores to compare.</summary>
    public static async Task<Outcome<FileProof?>> ProveAsync(ChatDatabase legacy, FileStores? stores, PlannedRoom room, CancellationToken cancellationToken)
    {
        if (stores is not { New: { } target }) return (FileProof?)null;
        var from = await FileStore.OpenLegacyAsync(stores.Legacy, cancellationToken);
        if (!from.IsDone) return from.Refusal;
        var to = await FileStore.OpenAsync(target, cancellationToken);
        if (!to.IsDone) return to.Refusal;
        var proof = await new FileVerifier(legacy, from.Value, to.Value).ProveAsync(room, cancellationToken);
        return proof.IsDone ? proof.Value : proof.Refusal;
    }

    public Task<Outcome<FileProof>> ProveAsync(PlannedRoom room, CancellationToken cancellationToken) =>
        FileWork.RunAsync(() => ProveHereAsync(room, cancellationToken), cancellationToken);

    private async Task<Outcome<FileProof>> ProveHereAsync(PlannedRoom room, CancellationToken cancellationToken)
    {
        try
        {
            var links = new RoomLinks(legacy, from, room);
            var (old, found, bytes, count) = (0L, 0L, 0L, 0L);
            var differences = new List<FileDifference>();
            await foreach (var file in links.ReadAsync(cancellationToken))
            {
                var (problem, length) = file.Path is null ? (file.Problem, 0L) : await CompareAsync(file.Path, cancellationToken);
                if (file.Path is not null) old++;
                if (problem is null) (found, bytes) = (found + 1, bytes + length);
                else if (++count <= FileProof.MaxDifferences) differences.Add(new(file.Path?.Value ?? file.Link.Target, problem.Value));
            }
            return new FileProof(links.Count, old, found, bytes, differences, count);
        }
        catch (ChatDatabaseException failure)
        {
            return failure.Refusal;
        }
        catch (Exception failure) when (FileErrors.Recognises(failure))
        {
            return Directory.Exists(to.Root) ? FileErrors.Explain(failure, from.Root) : FileErrors.Away(to.Root);
        }
    }

    private async Task<(FileProblem? Problem, long Length)> CompareAsync(StorePath path, CancellationToken cancellationToken)
    {
        var (left, unreadable) = from.OpenRead(path);
        using var source = left;
        if (source is null) return (unreadable == FileProblem.Missing ? FileProblem.Changed : unreadable, 0);
        var (right, problem) = to.OpenRead(path);
        using var copy = right;
        if (copy is null) return (problem == FileProblem.Missing ? FileProblem.NotCopied : problem is FileProblem.LeavesStore or FileProblem.NotRegular ? FileProblem.Differs : problem, 0);
        if (source.Length != copy.Length) return (FileProblem.Differs, 0);
        var (before, after) = (await FileHash.OfAsync(source, cancellationToken), await FileHash.OfAsync(copy, cancellationToken));
        return before.Length == after.Length && before.Sha256.AsSpan().SequenceEqual(after.Sha256) ? (null, after.Length) : (FileProblem.Differs, 0);
    }
}
