using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Api;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Lists;
using MigrationPortal.Ui;

namespace MigrationPortal.Batches.Viewing.Plans;

/// <summary>Every item of the plan that is shown now, or of the approved one, which is kept as it was.</summary>
public sealed partial class BatchPlanTab
{
    private PlanHead? _plan;
    private Page<PlanItem>? _items;

    [CascadingParameter] internal BatchView View { get; set; } = null!;

    [Inject] internal PlanQueries Plans { get; set; } = null!;

    [Inject] public required NavigationManager Navigation { get; set; }

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
        _items = await Plans.ItemsAsync(plan.Id, filter, Paging.Of(Skip, State.Take), CancellationToken.None);
    }

    private void Find(ChangeEventArgs change) => Navigation.NavigateTo(Address(Kind, search: change.Value as string ?? ""));

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
