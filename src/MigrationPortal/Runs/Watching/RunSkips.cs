namespace MigrationPortal.Runs.Watching;

/// <summary>How many rooms of each group stand before the page of it that is shown. The moving ones are few and have no pages.</summary>
public readonly record struct RunSkips(int Failed, int Skipped, int Waiting, int Done)
{
    public int Undone { get; init; }

    public int Before(RunGroup group) => group switch
    {
        RunGroup.Failed => Failed,
        RunGroup.Skipped => Skipped,
        RunGroup.Waiting => Waiting,
        RunGroup.Done => Done,
        RunGroup.Undone => Undone,
        _ => 0,
    };

    public RunSkips With(RunGroup group, int skip) => group switch
    {
        RunGroup.Failed => this with { Failed = skip },
        RunGroup.Skipped => this with { Skipped = skip },
        RunGroup.Waiting => this with { Waiting = skip },
        RunGroup.Done => this with { Done = skip },
        RunGroup.Undone => this with { Undone = skip },
        _ => this,
    };
}
