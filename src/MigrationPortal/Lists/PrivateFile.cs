namespace MigrationPortal.Lists;

/// <summary>A temporary file that is gone when it is closed. It has names of rooms and people: nobody else on the machine reads it.</summary>
internal static class PrivateFile
{
    private const int Buffer = 64 * 1024;

    public static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = Buffer, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Join(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }
}
