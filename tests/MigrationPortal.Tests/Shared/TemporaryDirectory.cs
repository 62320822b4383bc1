namespace MigrationPortal.Tests.Shared;

/// <summary>A directory that the database's user can reach, gone with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory(string name = "data")
    {
        var parent = Directory.CreateTempSubdirectory("mp-test-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(parent, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Path = System.IO.Path.Combine(parent, name);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
}
