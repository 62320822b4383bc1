using System.Globalization;

namespace MigrationPortal.Data.Postgres;

/// <summary>What a server wrote about itself into its data directory. Read only: PostgreSQL alone judges and removes it.</summary>
internal sealed record PostmasterFile(int ProcessId, string StartedAt, string SocketDirectory)
{
    public static PostmasterFile? Read(string cluster)
    {
        try
        {
            return Parse(File.ReadAllLines(Path.Combine(cluster, "postmaster.pid")));
        }
        catch (IOException)
        {
            return null;
        }
    }

    // 4711 ⏎ /data/postgres ⏎ 1764000000 ⏎ 5432 ⏎ /data/socket ⏎ ⏎ 17041 8 ⏎ ready
    public static PostmasterFile? Parse(string[] lines) =>
        lines.Length >= 5 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var processId)
            ? new(processId, lines[2], lines[4])
            : null;

    public bool IsAlive => Directory.Exists($"/proc/{ProcessId.ToString(CultureInfo.InvariantCulture)}");
}
