using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.People;

public sealed partial class PersonPage
{
    private PersonView? _view;
    private bool _isMissing;
    private string? _pair;

    [Parameter] public Guid Guid { get; set; }

    [SupplyParameterFromQuery] public string? Pair { get; set; }

    [SupplyParameterFromQuery] public int Skip { get; set; }

    [Inject] internal PersonQueries Queries { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        _pair = (await CurrentPair.FindAsync(CancellationToken.None))?.Id;
        _view = _pair is null ? null : await Queries.FindAsync(_pair, Guid, Paging.Of(Skip, null), CancellationToken.None);
        _isMissing = _view is null;
    }

    private string Words(IEnumerable<PlaceRight> rights) => string.Join(", ", rights.Select(x =>
        x.Through is null ? L["Right." + x.Right].Value : L["Through", L["Right." + x.Right].Value, x.Through].Value));
}
