using MigrationPortal.Batches.Planning;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Batches.Viewing;

/// <summary>The plan that people approved, kept as it was.</summary>
/// <param name="By">Account of who approved it last.</param>
internal sealed record ApprovedPlan(PlanHead Plan, string By, DateTimeOffset At);

/// <summary>Everything about one batch that its page shows beside the open tab.</summary>
internal sealed record BatchView
{
    public required BatchRow Batch { get; init; }
    public required PoolPair Pair { get; init; }
    public required Caller Caller { get; init; }
    /// <summary>What later features know of it.</summary>
    public required IReadOnlyList<object> Parts { get; init; }
    /// <summary>Null until it was computed.</summary>
    public PlanHead? Plan { get; init; }
    /// <summary>Whether nothing is to be computed: the plan is of the batch, the scan and the options as they are.</summary>
    public bool IsPlanFresh { get; init; }
    public string? PlanProblem { get; init; }
    /// <summary>Reads all of it once more, for a part that could not show something.</summary>
    public Func<Task> ReadAgainAsync { get; init; } = () => Task.CompletedTask;
    public long ItemCount { get; init; }
    public PlanChange? Change { get; init; }
    /// <summary>Null when no plan of it was ever approved.</summary>
    public ApprovedPlan? Approved { get; init; }
    /// <summary>Blockers first.</summary>
    public required IReadOnlyList<FindingGroup> Findings { get; init; }

    public T? Part<T>()
        where T : class => Parts.OfType<T>().FirstOrDefault();

    public int Count(Severity severity) => Findings.Where(x => x.Severity == severity).Sum(x => x.Count);

    public int OpenWarningCount => Findings.Sum(x => x.OpenCount);

    /// <summary>The reader's.</summary>
    public Clock Zone { get; init; } = Clock.Utc;

    /// <summary>What an edit would end now.</summary>
    public IVoidNotice? VoidNotice => Parts.OfType<IVoidNotice>().FirstOrDefault();

    /// <summary>Said before an edit; null where it ends nothing.</summary>
    public string? VoidSentence => VoidNotice?.SentenceAt(Zone);

    public ICommentCounts? Comments => Parts.OfType<ICommentCounts>().FirstOrDefault();

    public bool IsEditable => Batch.State.IsEditable();

    /// <summary>Null when the caller may; else the sentence for the disabled button.</summary>
    public string? DisabledReason(Role role, string doing) => Rights.RequireIn(Caller, doing, Batch.PoolPairId, role)?.Message;

    public string? EditDisabledReason => DisabledReason(Role.Planner, "change-batch")
        ?? (IsEditable ? null : WrongState("Rule.Edit"));

    /// <param name="rule">What would have been right: a resource, e.g. <c>Rule.Edit</c>.</param>
    public string WrongState(string rule) => new Refusal("wrong-state", RefusalKind.Conflict, Batch.Name, Batch.State, new Wording(rule)).Message;
}
