using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Batches.Planning;

namespace MigrationPortal.Batches.Viewing;

public sealed partial class BatchPlanTab
{
    private const int NamesShown = 8;

    private Page<PlanItem>? _items;
    private Page<PlanItem>? _names;

    [CascadingParameter] internal BatchView View { get; set; } = null!;

    [Inject] internal PlanQueries Plans { get; set; } = null!;

    [Parameter] public int Skip { get; set; }

    [Parameter] public string? Kind { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (View.Plan is not { } plan)
            return;
        _names = await Plans.ChangedNamesAsync(plan.Id, NamesShown, CancellationToken.None);
        var filter = new PlanFilter(Kind is null ? null : [Kind]);
        _items = await Plans.ItemsAsync(plan.Id, filter, Paging.Of(Skip, null), CancellationToken.None);
    }
}
