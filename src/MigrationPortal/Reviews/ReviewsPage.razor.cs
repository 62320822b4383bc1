using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;

namespace MigrationPortal.Reviews;

public sealed partial class ReviewsPage
{
    private Page<ReviewRow>? _page;
    private Caller? _caller;

    [Inject] internal ReviewQueries Queries { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Pair { get; set; }

    [SupplyParameterFromQuery] public int Skip { get; set; }

    protected override Task OnParametersSetAsync() => ReadAsync();

    protected override bool Follows(string topic) => topic == "reviews";

    protected override async Task LoadAsync()
    {
        _caller = await CurrentCaller.GetAsync();
        _page = await Queries.ListAsync(_caller, Pair, Paging.Of(Skip, null), Gone);
    }

    private string? DisabledReason(ReviewRow row) =>
        Rights.Require(_caller!, Role.Approver, "decide")?.Message ?? (row.IsOwn ? L["You made, changed or submitted it; somebody else decides."].Value : null);
}
