using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Api;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Lists;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Typing;

namespace MigrationPortal.Batches.Viewing.Plans;

/// <summary>Every item of the plan that is shown now, or of the approved one, which is kept as it was.</summary>
public sealed partial class BatchPlanTab
{
    private readonly NewestReading _reading = new();
    private PlanHead? _plan;
    private Page<PlanItem>? _items;
    private int _skip;
    private IReadOnlyDictionary<string, string> _categories = new Dictionary<string, string>();
    private TypingPause? _typing;

    [CascadingParameter] internal BatchView View { get; set; } = null!;

    [Inject] internal PlanQueries Plans { get; set; } = null!;

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] internal TimeProvider Time { get; set; } = null!;

    [Parameter] public int Skip { get; set; }

    [Parameter] public string? Kind { get; set; }

    [Parameter] public string? Search { get; set; }

    /// <summary>Of the approved plan instead of the current one.</summary>
    [Parameter] public bool IsApproved { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        _plan = IsApproved ? View.Approved?.Plan ?? View.Plan : View.Plan;
        if (_plan is not { } plan)
            return;
        var filter = new PlanFilter(Kind is null ? null : [Kind], Search: Search);
        await _reading.ShowAsync(ReadItemsAsync(plan.Id, filter), x => (_items, _skip, _categories) = x);
    }

    private async Task<(Page<PlanItem> Items, int Skip, IReadOnlyDictionary<string, string> Categories)> ReadItemsAsync(long planId, PlanFilter filter)
    {
        var (items, skip) = await Paging.Of(Skip, State.Take).ReadAsync(x => Plans.ItemsAsync(planId, filter, x, CancellationToken.None), x => x.Total);
        var names = items.Items.Where(x => x.Kind == PlanItemKinds.Category).Select(x => x.Subject).Distinct(StringComparer.Ordinal).ToList();
        return (items, skip, await Plans.CategoryKeysAsync(planId, names, CancellationToken.None));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _typing?.Dispose();
    }

    private Task FindAsync(string text) => (_typing ??= new TypingPause(Time)).ThenAsync(() => Navigation.NavigateTo(Address(Kind, search: text.Trim()), replace: true));

    private ListState State => ListState.Of(new Uri(Navigation.Uri));

    private string FileUrl => Urls.WithQuery($"{Urls.Api}/batches/{View.Batch.Id}/plan/export", ("plan", IsApproved ? "approved" : null), ("kind", Kind), ("search", Search));

    private string Address(string? kind, int skip = 0, bool? approved = null, string? search = null, ListState? state = null)
    {
        var text = search ?? Search;
        return (state ?? State).In(QueryHelpers.AddQueryString(
            Urls.BatchPart(View.Batch.Id, "plan", skip, kind, View.Pair.Id),
            new Dictionary<string, string?> { ["search"] = text, ["plan"] = approved ?? IsApproved ? "approved" : null }.Where(x => !string.IsNullOrEmpty(x.Value))));
    }
}
