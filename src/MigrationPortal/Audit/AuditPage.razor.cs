using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Audit;

/// <summary>The filters are a plain form: they live in the address, and a link shows a colleague the same rows.</summary>
public sealed partial class AuditPage
{
    private AuditChoices? _choices;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private AuditProof? _proof;
    private string? _refusal;

    [Inject] internal AuditQueries Queries { get; set; } = null!;

    [Inject] internal AuditWords Words { get; set; } = null!;

    [Inject] internal VerifyAuditHandler Verify { get; set; } = null!;

    [Inject] internal IAccountNames Names { get; set; } = null!;

    [Inject] internal Anchors.AnchorFile Anchors { get; set; } = null!;

    [Inject] internal IPoolPairNames PoolPairs { get; set; } = null!;

    [Inject] internal Toasts Toasts { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    private ChosenColumns Columns => ChosenColumns.Of(Address.List, ("number", L["Number"]), ("user", L["User"]), ("subject", L["Subject"]), ("details", L["Details"]), ("hash", L["Hash"]));

    // What was written stays as it is; what comes later is there when the page is opened again.
    protected override bool Follows(string topic) => false;

    protected override AuditAddress Read(Uri address) => AuditAddress.Of(address);

    // The log is of all pool pairs; its saved views are kept with one.
    protected override async Task<string?> FindPairAsync() => Address.Pair ?? (await PoolPairs.ListAsync(Gone)).Select(x => x.Id).FirstOrDefault();

    protected override object KeyOf(AuditEntry row) => row.Id;

    protected override async Task<Page<AuditEntry>> ListAsync(AuditAddress address, string? pair, CancellationToken cancellationToken)
    {
        var outcome = await Queries.ListAsync(address.ToFilter(), Paging.Of(address.Skip, address.List.Take), await CurrentCaller.GetAsync(), cancellationToken);
        _refusal = outcome.Refusal?.Message;
        if (outcome.IsDone)
            _choices ??= await Queries.ListChoicesAsync(cancellationToken);
        // Of a page of entries and of everybody who can be chosen.
        foreach (var account in (outcome.Value?.Items ?? []).Select(x => x.By).Concat(_choices?.People ?? []).Distinct(StringComparer.Ordinal))
            _names[account] = await Names.FindAsync(account, cancellationToken);
        return outcome.Value ?? new(0, []);
    }

    private string NameOf(string account) => _names.GetValueOrDefault(account, account);

    private IEnumerable<string> People => (_choices?.People ?? []).OrderBy(NameOf, StringComparer.CurrentCulture);

    // In the order of the reader's language.
    private IEnumerable<(string Code, string Text)> Events =>
        (_choices?.Actions ?? []).Select(x => (x, Words.Event(x))).OrderBy(x => x.Item2, StringComparer.CurrentCulture);

    private async Task VerifyAsync()
    {
        var outcome = await Verify.HandleAsync(await CurrentCaller.GetAsync(), CancellationToken.None);
        _proof = outcome.Value;
        if (!outcome.IsDone)
            Toasts.Refused(outcome.Refusal);
    }

    private string Anchored(AuditProof proof) => !Anchors.IsConfigured ? L["NoAnchors"]
        : proof.AnchoredTo is { } row ? L.Count("AnchoredTo", proof.OpenCount, row.ToString(CultureInfo.CurrentCulture)) : L["NotAnchoredYet"];
}
