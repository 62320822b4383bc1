using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MigrationPortal.Engine.Files;

/// <summary>
/// In which folder a name stands, whatever its case, of a store that is case-sensitive or deep. About fifty bytes a file: the names
/// themselves stay in the directory. Made when first asked, by listing the store once.
/// </summary>
internal sealed class StoreIndex
{
    // Null: in several places.
    private readonly Dictionary<UInt128, string?> _folders = [];
    private readonly Lock _gate = new();

    public static StoreIndex Of(FileStore store)
    {
        var index = new StoreIndex();
        var folder = "";
        foreach (var entry in store.List())
        {
            if (entry.Path is not { } path) continue;
            // One string a folder, however many files are in it.
            if (path.Folder != folder) folder = path.Folder;
            index.Add(path, folder);
        }
        return index;
    }

    public static UInt128 HashOf(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    public void Add(StorePath path) => Add(path, path.Folder);

    public (StorePath? Path, FileProblem? Problem) Find(FileStore store, StorePath path)
    {
        string? folder;
        lock (_gate)
        {
            if (!_folders.TryGetValue(HashOf(path.NameKey), out folder)) return (null, FileProblem.Missing);
        }
        // A name of people's own choice may well stand in another folder and be another file.
        if (!path.IsStoredName && folder is not null && StorePath.KeyOf(folder) != StorePath.KeyOf(path.Folder)) return (null, FileProblem.Missing);
        if (folder is null && path.IsStoredName) return (null, FileProblem.Ambiguous);
        var found = SpelledLike(store, path.InFolder(folder ?? path.Folder)).Take(2).ToList();
        return found.Count switch
        {
            0 => (null, FileProblem.Missing),
            1 => (found[0], null),
            _ => (null, FileProblem.Ambiguous),
        };
    }

    /// <summary>Another spelling under which Windows would find the file that is about to be made.</summary>
    public StorePath? FindTwin(FileStore store, StorePath path)
    {
        lock (_gate)
        {
            if (!_folders.ContainsKey(HashOf(path.NameKey))) return null;
        }
        return SpelledLike(store, path).FirstOrDefault(x => x.Value != path.Value);
    }

    private void Add(StorePath path, string folder)
    {
        lock (_gate)
        {
            var key = HashOf(path.NameKey);
            if (!_folders.TryAdd(key, folder) && _folders[key] != folder) _folders[key] = null;
        }
    }

    private static IEnumerable<StorePath> SpelledLike(FileStore store, StorePath path)
    {
        var folder = new DirectoryInfo(Path.Join(store.Root, path.Folder));
        if (!folder.Exists || (path.Folder.Length > 0 && !store.IsInside(folder.FullName))) return [];
        return folder.EnumerateFiles(path.Name, new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive, AttributesToSkip = FileAttributes.None })
            .Where(x => StorePath.KeyOf(x.Name) == path.NameKey)
            .Select(x => StorePath.Read(path.Folder.Length == 0 ? x.Name : $"{path.Folder}/{x.Name}").Path).OfType<StorePath>();
    }
}
