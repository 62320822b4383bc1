namespace MigrationPortal.Tests.Shared;

/// <summary>Where these tests' own files are: scripts and their node packages are not copied to the output.</summary>
internal static class SourceFolder
{
    public static string Tests { get; } = Path.Combine(Root(), "tests", "MigrationPortal.Tests");

    public static string Portal { get; } = Path.Combine(Root(), "src", "MigrationPortal");

    /// <summary>Sheets, scripts, fonts and pictures of the pages.</summary>
    public static string WebRoot { get; } = Path.Combine(Root(), "wwwroot");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MigrationPortal.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from within the repository.");
        return folder.FullName;
    }
}
