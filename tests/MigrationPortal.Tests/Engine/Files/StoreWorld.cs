using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Files;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Files;

/// <summary>Two small chat databases and two directories, with a room whose messages link to files.</summary>
internal sealed class StoreWorld : IAsyncDisposable
{
    public const string First = "6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b01.xlsx";
    public const string Second = "6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b02.pdf";
    public const string Third = "archive/2012/6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b03.docx";

    private readonly TemporaryDirectory _directory = new("stores");

    private StoreWorld(ChatWorld chat) => Chat = chat;

    public ChatWorld Chat { get; }

    public string Legacy => Path.Combine(_directory.Path, "legacy");

    public string New => Path.Combine(_directory.Path, "new");

    public static Task<StoreWorld> CreateAsync(params string[] links) => CreateAsync(null, links);

    public static async Task<StoreWorld> CreateAsync(ServerKind? server, params string[] links)
    {
        var world = new StoreWorld(await ChatWorld.CreateAsync(server));
        Directory.CreateDirectory(world.Legacy);
        Directory.CreateDirectory(world.New);
        await LinkAsync(world.Chat, ChatWorld.General, links.Length > 0 ? links : [$"ma-filelink:{First}", $"see ma-filelink:{Second} and tell me", $"ma-filelink:{Path.GetFileName(Third)}"]);
        StoreWorld.Put(world.Legacy, First, "first");
        StoreWorld.Put(world.Legacy, Second, new string('x', 600_000));
        StoreWorld.Put(world.Legacy, Third, "third");
        return world;
    }

    /// <summary>Posts into a legacy room, above what is there.</summary>
    public static async Task LinkAsync(ChatWorld chat, string room, params string[] contents)
    {
        foreach (var content in contents)
        {
            await chat.LegacyDatabase.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
                insert into tblChat select n.nodeID, 1 + coalesce((select max(chatId) from tblChat where channelId = n.nodeID), 0), 636000000000000000, 2, false, '{content.Replace("'", "''", StringComparison.Ordinal)}'
                from tblNode n where n.nodeGuid = '{room}';
                update tblLastChatId set lastChatID = lastChatID + 1 where nodeID = (select nodeID from tblNode where nodeGuid = '{room}')
                """));
        }
    }

    public static string Put(string store, string path, string content)
    {
        var place = Path.Combine(store, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllText(place, content);
        File.SetLastWriteTimeUtc(place, new DateTime(2012, 3, 4, 5, 6, 7, DateTimeKind.Utc));
        return place;
    }

    public FileTransfer Transfer(IFileJournal journal) => new(Chat.Legacy, ChatWorld.Done(FileStore.OpenLegacy(Legacy)), ChatWorld.Done(FileStore.Open(New)), journal);

    public async Task<PlannedRoom> RoomAsync(string guid = ChatWorld.General) => (await Chat.PlanAsync()).Rooms.Single(x => x.Guid == Guid.Parse(guid));

    public async Task<Outcome<CopiedFiles>> CopyAsync(IFileJournal journal, string guid = ChatWorld.General)
    {
        using var transfer = Transfer(journal);
        return await transfer.CopyRoomAsync(await RoomAsync(guid), _ => { }, CancellationToken.None);
    }

    /// <summary>Every name, time and content of a directory tree: equal only when the trees are.</summary>
    public static string Tree(string root) => string.Join('\n', Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(x =>
        new FileInfo(x).LinkTarget is { } target ? $"{Path.GetRelativePath(root, x)} -> {target}"
        : Directory.Exists(x) ? $"{Path.GetRelativePath(root, x)}/" : $"{Path.GetRelativePath(root, x)} {File.GetLastWriteTimeUtc(x):O} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(x)))}"));

    public async ValueTask DisposeAsync()
    {
        await Chat.DisposeAsync();
        _directory.Dispose();
    }
}
