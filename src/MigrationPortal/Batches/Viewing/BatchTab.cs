namespace MigrationPortal.Batches.Viewing;

/// <summary>A tab that a later feature brings to the page of a batch; they stand in the order in which features register.</summary>
/// <param name="Key">In the page's address; its title is the page's text <c>Tab.Key</c>.</param>
/// <param name="Content">A component; the <see cref="BatchView"/> reaches it as a cascading value.</param>
/// <param name="IsShown">Null: always.</param>
internal sealed record BatchTab(string Key, Type Content, Func<BatchView, bool>? IsShown = null);

internal sealed class BatchTabs(IEnumerable<BatchTab> tabs)
{
    public IReadOnlyList<BatchTab> All { get; } = [.. tabs];

    public BatchTab? Find(string key) => All.FirstOrDefault(x => x.Key == key);
}

/// <summary>A card that a later feature puts beside the tabs.</summary>
internal sealed record BatchCard(Type Content);

internal sealed class BatchCards(IEnumerable<BatchCard> cards)
{
    public IReadOnlyList<BatchCard> All { get; } = [.. cards];
}

/// <summary>What a later feature says of a batch beside its name and state.</summary>
internal sealed record BatchMark(Type Content);

internal sealed class BatchMarks(IEnumerable<BatchMark> marks)
{
    public IReadOnlyList<BatchMark> All { get; } = [.. marks];
}

/// <summary>What a later feature puts first on the page of a batch: the one thing to do next.</summary>
/// <param name="Applies">At most one feature's does for any batch.</param>
internal sealed record NextStep(Func<BatchView, bool> Applies, Type Card);

/// <summary>What stays of a step whose time is over, such as a text that was not sent; the card shows nothing where nothing is left.</summary>
internal sealed record KeptStep(Type Card);

internal sealed class NextSteps(IEnumerable<NextStep> steps, IEnumerable<KeptStep> kept)
{
    public IReadOnlyList<KeptStep> Kept { get; } = [.. kept];

    private readonly NextStep[] _steps = [.. steps];

    public NextStep? Find(BatchView view) => _steps.FirstOrDefault(x => x.Applies(view));
}

/// <summary>What a later feature knows of a batch, read together with its page.</summary>
internal interface IBatchViewPart
{
    Task<object> ReadAsync(long batchId, Caller caller, CancellationToken cancellationToken);
}
