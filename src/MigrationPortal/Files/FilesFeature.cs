using System.Globalization;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Rooms.Viewing;

namespace MigrationPortal.Files;

/// <summary>What people uploaded: listed, matched with the links in messages, and moved beside the rows.</summary>
internal static class FilesFeature
{
    public static IServiceCollection AddFiles(this IServiceCollection services) => services
        .AddSingleton<MoveFiles>()
        .AddSingleton<ScanFiles>()
        .AddSingleton<FileFacts>()
        .AddSingleton<RoomFileQueries>()
        .AddSingleton<RoomFilesFile>()
        .AddSingleton<IScanPart>(provider => provider.GetRequiredService<ScanFiles>())
        .AddSingleton(new RoomTab("files", "Files", typeof(RoomFilesTab)));

    public static void MapFiles(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rooms/{id:long}/files", ListAsync).WithTags("Rooms");
        api.MapGet("/rooms/{id:long}/files/export", ExportAsync).WithTags("Rooms").ProducesFile();
    }

    private static async Task<IResult> ExportAsync(long id, string? format, RoomFilesFile file, RoomQueries queries, CancellationToken token) =>
        await queries.FindAsync(id, token) is { } view ? file.Answer(format, view, token) : Problems.NotFound("room", id.ToString(CultureInfo.InvariantCulture));

    private static async Task<IResult> ListAsync(long id, int? skip, int? take, RoomFileQueries files, RoomQueries queries, CancellationToken token) =>
        await queries.FindAsync(id, token) is { } view
            ? Results.Ok(await files.ListAsync(view, Paging.Of(skip, take), token))
            : Problems.NotFound("room", id.ToString(CultureInfo.InvariantCulture));
}
