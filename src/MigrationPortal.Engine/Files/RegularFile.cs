using System.Runtime.InteropServices;
using System.Text;

namespace MigrationPortal.Engine.Files;

/// <summary>
/// Tells a file with content from a named pipe, a socket or a device: opening a pipe waits for whoever writes into it, which may be nobody.
/// .NET shows all of them as files, so that Linux is asked itself.
/// </summary>
internal static class RegularFile
{
    // statx(2): the layout is the same on every architecture, unlike that of stat(2). stx_mode stands at byte 28.
    private const int StructLength = 256;
    private const int ModeOffset = 28;
    private const int WorkingDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint TypeWanted = 1;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    /// <param name="path">Without a symbolic link as its last name.</param>
    /// <returns>True also where nothing can be said: what opens it says why not.</returns>
    public static bool Is(string path)
    {
        // Windows keeps pipes and devices in places of their own, outside any directory.
        if (!OperatingSystem.IsLinux()) return true;
        var found = new byte[StructLength];
        return Statx(WorkingDirectory, Encoding.UTF8.GetBytes(path + "\0"), NoFollow, TypeWanted, found) != 0 || (BitConverter.ToUInt16(found, ModeOffset) & TypeMask) == Regular;
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int directory, byte[] path, int flags, uint mask, [Out] byte[] found);
}
