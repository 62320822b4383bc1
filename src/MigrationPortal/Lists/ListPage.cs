using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Typing;

namespace MigrationPortal.Lists;

/// <summary>
/// A page, or a tab of one, that is a list: its address says what it shows and is followed; what others change changes cells in place, and rows that would
/// enter, leave or move wait until they are asked for.
/// </summary>
public abstract class ListPage<TAddress, TRow> : LiveComponent
    where TAddress : ListAddress, new()
{
    private CancellationTokenSource _loading = new();
    private TypingPause? _typing;
    // What is being read, or was read last.
    private string? _asked;

    [Inject] internal TimeProvider Time { get; set; } = null!;

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] internal IStringLocalizer<ListTexts> ListWords { get; set; } = null!;

    protected TAddress Address { get; private set; } = new();

    /// <summary>The pool pair that is shown; null until it is known, and where there is none.</summary>
    protected string? Pair { get; private set; }

    /// <summary>Null while they are read for the first time.</summary>
    protected Page<TRow>? Rows { get; private set; }

    /// <summary>Why there are no rows.</summary>
    protected string? Problem { get; private set; }

    /// <summary>Others changed which rows there are, or their order.</summary>
    protected bool HasMoved { get; private set; }

    /// <summary>Whose rows are shown.</summary>
    protected TAddress? Shown { get; private set; }

    protected abstract TAddress Read(Uri address);

    /// <summary>Without the row that the keyboard is on or that is shown beside the list: it changes no rows.</summary>
    protected virtual TAddress WithoutRow(TAddress address) => address;

    protected abstract Task<string?> FindPairAsync();

    /// <summary>What is said of a pool pair that the address names and nobody knows; null shows an empty list.</summary>
    protected virtual string? Unknown(string pair) => null;

    protected abstract Task<Page<TRow>> ListAsync(TAddress address, string? pair, CancellationToken cancellationToken);

    /// <summary>What stands beside these rows and is read for them.</summary>
    protected virtual Task ReadBesideAsync(TAddress address, IReadOnlyList<TRow> rows, CancellationToken cancellationToken) => Task.CompletedTask;

    protected abstract object KeyOf(TRow row);

    /// <summary>Whether that address is one of this list; the tabs of a page have its path in common.</summary>
    protected virtual bool IsHere(Uri address) => address.AbsolutePath == Navigation.ToAbsoluteUri(Address.ToString()).AbsolutePath;

    protected override async Task OnInitializedAsync()
    {
        Address = Read(new Uri(Navigation.Uri));
        if (!RendererInfo.IsInteractive)
            return;
        Navigation.LocationChanged += OnLocationChanged;
        await ReadAsync();
    }

    protected sealed override async Task LoadAsync()
    {
        _loading.Dispose();
        _loading = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        var (address, token) = (Address, _loading.Token);
        _asked = WithoutRow(address).ToString();
        try
        {
            Pair = await FindPairAsync();
            var problem = Pair is null && address.Pair is { } unknown ? Unknown(unknown) : null;
            var (rows, skip) = problem is null
                ? await new Paging(address.Skip, address.List.Take).ReadAsync(x => ListAsync(address with { Skip = x.Skip }, Pair, token), x => x.Total)
                : (new Page<TRow>(0, []), address.Skip);
            address = address with { Skip = skip };
            await ReadBesideAsync(address, rows.Items, token);
            (Rows, Shown, Problem, HasMoved) = (rows, WithoutRow(address), problem, false);
            _asked = Shown.ToString();
            if (address.Skip != Address.Skip && !token.IsCancellationRequested)
                Go(address);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested && !Gone.IsCancellationRequested)
        {
            // A newer address is read next.
        }
        catch (Exception failure) when (Outage.Is(failure))
        {
            Problem = ListWords["DatabaseAway"];
            StateHasChanged();
            throw;
        }
    }

    protected override async Task RefreshAsync()
    {
        do
        {
            // What is being read may be older than the change: the change is looked at after it.
            await ReadingAsync();
            // No row can move where there is none.
            if (Shown is null || Rows is null or { Items.Count: 0 } || Problem is not null)
            {
                await ReadAsync();
                return;
            }
        }
        while (!await IsRefreshedAsync(Shown, Rows, _loading.Token));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Navigation.LocationChanged -= OnLocationChanged;
        _loading.Dispose();
        _typing?.Dispose();
    }

    protected Task SearchAsync(string text) => (_typing ??= new TypingPause(Time)).ThenAsync(() =>
        Go(WithoutRow(Address) with { Search = text.Trim() is { Length: > 0 } typed ? typed : null, Skip = 0 }));

    /// <summary>Shows that, in place of what the address says now.</summary>
    protected void Go(TAddress address) => Navigation.NavigateTo(address.ToString(), replace: true);

    /// <returns>False where other rows were read meanwhile, which are not put back to those before them.</returns>
    private async Task<bool> IsRefreshedAsync(TAddress address, Page<TRow> before, CancellationToken token)
    {
        try
        {
            var now = await ListAsync(address, Pair, token);
            var hasMoved = !now.Items.Select(KeyOf).SequenceEqual(before.Items.Select(KeyOf));
            if (hasMoved)
                now = now with { Items = Kept(before.Items, now.Items) };
            await ReadBesideAsync(address, now.Items, token);
            if (!ReferenceEquals(Rows, before))
                return false;
            (Rows, HasMoved) = (now, hasMoved);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested && !Gone.IsCancellationRequested)
        {
            // Another address is read.
        }

        return true;
    }

    // The rows as they stand, with what is known of each now.
    private List<TRow> Kept(IReadOnlyList<TRow> shown, IReadOnlyList<TRow> now)
    {
        var known = now.ToDictionary(KeyOf);
        return [.. shown.Select(x => known.TryGetValue(KeyOf(x), out var row) ? row : x)];
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(async () =>
    {
        if (Gone.IsCancellationRequested || !IsHere(new Uri(args.Location)))
            return;
        Address = Read(new Uri(args.Location));
        StateHasChanged();
        // Back to what is shown while another is read: that one is not wanted any more.
        if (WithoutRow(Address).ToString() is var wanted && Shown?.ToString() == wanted && _asked == wanted)
            return;
        await _loading.CancelAsync();
        await ReadAsync();
    });
}
