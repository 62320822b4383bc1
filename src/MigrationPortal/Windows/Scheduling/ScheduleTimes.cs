using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;

namespace MigrationPortal.Windows.Scheduling;

/// <summary>When a schedule starts, and whether what was confirmed for it still holds then. Pure, so that page, inbox and sweep say the same.</summary>
internal static class ScheduleTimes
{
    /// <summary>Services are started again without asking the portal: stopped ones are believed this long.</summary>
    public static readonly TimeSpan StoppedFor = TimeSpan.FromMinutes(60);

    /// <summary>The window it starts in, from the first moment on; null where none opens in time.</summary>
    public static NextSpan? FindStart(Schedule schedule, PairWindows windows, DateTimeOffset now)
    {
        var earliest = schedule.From > now ? schedule.From.Value : now;
        return windows.FindNext(earliest) is { } next && !(next.From >= schedule.To) ? next : null;
    }

    public static bool IsMissed(Schedule schedule, DateTimeOffset now) => now >= schedule.To;

    /// <summary>Names what must be confirmed, or confirmed again, for a start at that moment.</summary>
    /// <param name="needed">By the pool pair.</param>
    public static IReadOnlyList<string> FindUnconfirmed(Schedule schedule, IReadOnlyCollection<string> needed, DateTimeOffset at) =>
        [.. needed.Where(x => !schedule.Confirmations.Contains(x) || (x == RunConfirmations.ServicesStopped && at - schedule.At > StoppedFor))];
}
