namespace MigrationPortal.Files;

/// <summary>What people uploaded: listed, matched with the links in messages, and moved beside the rows.</summary>
internal static class FilesFeature
{
    public static IServiceCollection AddFiles(this IServiceCollection services) => services
        .AddSingleton<MoveFiles>()
        .AddSingleton<ScanFiles>()
        .AddSingleton<FileFacts>()
        .AddSingleton<RoomFileQueries>();
}
