namespace MigrationPortal.Windows.Scheduling;

/// <summary>Past tense, as in the timeline.</summary>
internal static class ScheduleEvents
{
    public const string Scheduled = "Scheduled";
    public const string Unscheduled = "Unscheduled";
    public const string Missed = "ScheduleMissed";
}
