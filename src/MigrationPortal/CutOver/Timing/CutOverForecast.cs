using MigrationPortal.Windows.Scheduling;

namespace MigrationPortal.CutOver.Timing;

/// <summary>When the final deltas that are left will be done.</summary>
/// <param name="Runs">How many runs it is judged by.</param>
public sealed record CutOverForecast(DateTimeOffset Earliest, DateTimeOffset Latest, int Runs)
{
    /// <summary>From the planned start on, or from now where that has passed.</summary>
    internal static CutOverForecast? Of(CutOverTime? time, RunEstimate? estimate, DateTimeOffset now)
    {
        if (time?.StartsAt is not { } starts || estimate is null)
            return null;
        var from = starts > now ? starts : now;
        return new(from + estimate.Shortest, from + estimate.Longest, estimate.Runs);
    }

    /// <summary>At least that much before the planned end; negative is too late. Null where no end is planned.</summary>
    public TimeSpan? ToSpare(CutOverTime time) => time.EndsAt - Latest;
}
