using System.Text;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Files;
using MigrationPortal.Samples.World;

namespace MigrationPortal.Samples;

/// <summary>
/// The two file stores of a sample, in the data directory: the same bytes and times on every machine. Most links find their file; some
/// do not, some files are linked by nothing, and what was moved by hand has lost one and changed another.
/// </summary>
internal sealed class SampleFiles(PortalDatabase portal, IOptions<DataOptions> data, IHostEnvironment environment)
{
    private const int MissingOneIn = 60;
    private const int LostOneIn = 9;

    /// <summary>Null for samples that have none.</summary>
    public FileStores? Of(string sample) => sample.StartsWith("typical", StringComparison.Ordinal) || sample.StartsWith("awkward", StringComparison.Ordinal)
        ? new FileStores(Path.Combine(Folder(sample), "legacy"), Path.Combine(Folder(sample), "new"))
        : null;

    /// <summary>Made once on each machine; half-made ones are made again.</summary>
    public async Task MakeAsync(string sample, ChatDatabase legacy, ChatDatabase current, CancellationToken cancellationToken)
    {
        var mark = Path.Combine(Folder(sample), "complete");
        if (Of(sample) is not { New: { } target } stores || File.Exists(mark))
            return;
        if (Directory.Exists(Folder(sample)))
            Directory.Delete(Folder(sample), recursive: true);
        Directory.CreateDirectory(stores.Legacy);
        Directory.CreateDirectory(target);
        foreach (var name in await LinkedAsync(legacy, cancellationToken))
        {
            if (SampleGuid.Seed(name) % MissingOneIn != 0)
                Put(stores.Legacy, name, name);
        }

        for (var i = 1; i <= 5; i++)
            Put(stores.Legacy, $"{SampleGuid.Of($"{sample}-orphan-{i}"):D}.pptx", $"orphan {i}");
        Put(stores.Legacy, "Twin.txt", "one");
        Put(stores.Legacy, "TWIN.txt", "other");
        // Where the link leads does not matter: it is not followed.
        if (!OperatingSystem.IsWindows())
            File.CreateSymbolicLink(Path.Combine(stores.Legacy, "leads-out.txt"), "/etc/hostname");
        await MoveByHandAsync(stores.Legacy, target, current, cancellationToken);
        await File.WriteAllTextAsync(mark, "", cancellationToken);
    }

    // Somebody copied the uploads of the rooms of the first wave: one got lost now and then, and one was opened and saved.
    private static async Task MoveByHandAsync(string from, string to, ChatDatabase current, CancellationToken cancellationToken)
    {
        var isFirst = true;
        foreach (var name in (await LinkedAsync(current, cancellationToken)).Where(x => File.Exists(Path.Combine(from, x))))
        {
            if (isFirst)
                Put(to, name, $"{name}, saved again");
            else if (SampleGuid.Seed(name) % LostOneIn != 0)
                Put(to, name, name);
            isFirst = false;
        }
    }

    private static async Task<IEnumerable<string>> LinkedAsync(ChatDatabase database, CancellationToken cancellationToken)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        var read = await FileLinkReader.ReadAllAsync(database, link => Take(names, link), cancellationToken);
        return read.IsDone ? names : throw new IOException(read.Refusal.Message);
    }

    private static ValueTask Take(SortedSet<string> names, PoolLink link)
    {
        // The file service writes lower case, whatever the link says.
        if (link.NameKey is { } name)
            names.Add(name.ToLowerInvariant());
        return ValueTask.CompletedTask;
    }

    private static void Put(string store, string name, string seed)
    {
        var random = new SampleRandom(SampleGuid.Seed(seed));
        var text = new StringBuilder();
        for (var lines = 4 + random.Next(40); lines > 0; lines--)
            text.Append(SampleTexts.Message(ref random)).Append('\n');
        var place = Path.Combine(store, name);
        File.WriteAllText(place, text.ToString());
        File.SetLastWriteTimeUtc(place, SampleClock.Founded.AddMinutes(random.Next(1_400_000)));
    }

    private string Folder(string sample) =>
        Path.Combine(portal.Server?.Directory ?? data.Value.Directory ?? Path.Combine(environment.ContentRootPath, "data"), "files", sample);
}
