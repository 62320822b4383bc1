using System.Globalization;
using MigrationPortal.Start;

namespace MigrationPortal.Data.Postgres;

/// <summary>One installed PostgreSQL server: its major version and the folder of its tools.</summary>
internal sealed record PostgresBinaries(int Major, string Folder)
{
    public const int OldestMajor = 15;

    public string Tool(string name) => Path.Combine(Folder, name);

    /// <summary>The version that made the data directory, else the newest one installed.</summary>
    public static PostgresBinaries Choose(IReadOnlyList<PostgresBinaries> installed, string cluster)
    {
        if (MajorOf(cluster) is { } major)
        {
            return installed.FirstOrDefault(x => x.Major == major) ?? throw new StartupRefusedException(
                $"The data directory {cluster} was created by PostgreSQL {major}, but this machine has {Describe(installed)}: "
                + $"install postgresql-{major}, or choose another directory with --data.");
        }

        return installed.Where(x => x.Major >= OldestMajor).MaxBy(x => x.Major) ?? throw new StartupRefusedException(
            $"The portal keeps its data in a PostgreSQL of its own and needs version {OldestMajor} or newer, but this machine has {Describe(installed)}: "
            + $"install the package postgresql-{OldestMajor}, or name a server in ConnectionStrings:Portal.");
    }

    /// <summary>Debian's and Red Hat's places, then PATH.</summary>
    public static IReadOnlyList<PostgresBinaries> Installed()
    {
        var folders = Versioned("/usr/lib/postgresql", "*", "bin")
            .Concat(Versioned("/usr", "pgsql-*", "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries));
        var found = new List<PostgresBinaries>();
        foreach (var folder in folders)
        {
            if (File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")) && MajorOfFolder(folder) is { } major)
                found.Add(new(major, folder));
        }

        return found;
    }

    private static int? MajorOf(string cluster)
    {
        var file = Path.Combine(cluster, "PG_VERSION");
        return File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out var major) ? major : null;
    }

    private static IEnumerable<string> Versioned(string parent, string pattern, string child) =>
        Directory.Exists(parent) ? Directory.GetDirectories(parent, pattern).Select(x => Path.Combine(x, child)) : [];

    // /usr/lib/postgresql/15/bin and /usr/pgsql-15/bin carry the version in their path; elsewhere the tool is asked.
    private static int? MajorOfFolder(string folder)
    {
        var parent = Path.GetFileName(Path.GetDirectoryName(folder.TrimEnd('/'))) ?? "";
        if (int.TryParse(parent.Replace("pgsql-", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var major))
            return major;
        // "initdb (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
        var words = ServerCommand.RunAsync(null, Path.Combine(folder, "initdb"), ["--version"]).GetAwaiter().GetResult().Output.Split(' ');
        return words.Length > 2 && int.TryParse(words[2].Split('.')[0], CultureInfo.InvariantCulture, out major) ? major : null;
    }

    private static string Describe(IReadOnlyList<PostgresBinaries> installed) =>
        installed.Count == 0 ? "none" : string.Join(", ", installed.Select(x => x.Major).Distinct().Order());
}
