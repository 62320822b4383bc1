using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Live;
using MigrationPortal.SignIn;

namespace MigrationPortal.Reviews;

public sealed partial class ReviewsPage : IDisposable
{
    private Page<ReviewRow>? _page;
    private Caller? _caller;
    private IDisposable? _live;

    [Inject] internal ReviewQueries Queries { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal LiveFeed Feed { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Pair { get; set; }

    [SupplyParameterFromQuery] public int Skip { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        await LoadAsync();
        _live ??= Feed.Subscribe("reviews", () => InvokeAsync(async () =>
        {
            await LoadAsync();
            StateHasChanged();
        }));
    }

    public void Dispose() => _live?.Dispose();

    private async Task LoadAsync()
    {
        _caller = await CurrentCaller.GetAsync();
        _page = await Queries.ListAsync(_caller, Pair, Paging.Of(Skip, null), CancellationToken.None);
    }

    private string? DisabledReason(ReviewRow row) =>
        Rights.Require(_caller!, Role.Approver, "Deciding")?.Message ?? (row.IsOwn ? L["You made, changed or submitted it; somebody else decides."].Value : null);
}
