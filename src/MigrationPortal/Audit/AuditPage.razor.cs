using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Api;
using MigrationPortal.Ui;

namespace MigrationPortal.Audit;

/// <summary>The filters are a plain form: they live in the address, and a link shows a colleague the same rows.</summary>
public sealed partial class AuditPage
{
    private Page<AuditEntry>? _page;
    private AuditChoices? _choices;
    private AuditProof? _proof;
    private string? _refusal;

    [SupplyParameterFromQuery] public string? By { get; set; }

    [SupplyParameterFromQuery] public string? Action { get; set; }

    [SupplyParameterFromQuery] public string? Subject { get; set; }

    [SupplyParameterFromQuery] public string? From { get; set; }

    [SupplyParameterFromQuery] public string? To { get; set; }

    [SupplyParameterFromQuery] public int Skip { get; set; }

    [SupplyParameterFromQuery] public string? Pair { get; set; }

    [Inject] internal AuditQueries Queries { get; set; } = null!;

    [Inject] internal AuditWords Words { get; set; } = null!;

    [Inject] internal VerifyAuditHandler Verify { get; set; } = null!;

    [Inject] internal Anchors.AnchorFile Anchors { get; set; } = null!;

    [Inject] internal Toasts Toasts { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        var filter = new AuditFilter(Text(By), Text(Action), Text(Subject), Day(From), Day(To));
        var outcome = await Queries.ListAsync(filter, Paging.Of(Skip, null), await CurrentCaller.GetAsync(), CancellationToken.None);
        (_page, _refusal) = (outcome.Value, outcome.Refusal?.Message);
        if (outcome.IsDone)
            _choices ??= await Queries.ListChoicesAsync(CancellationToken.None);
    }

    private bool IsFiltered => new[] { By, Action, Subject, From, To }.Any(x => !string.IsNullOrWhiteSpace(x));

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

    private string FileUrl => Urls.WithQuery(Urls.AuditExport, ("by", Text(By)), ("action", Text(Action)), ("subject", Text(Subject)), ("from", Text(From)), ("to", Text(To)));

    private string SkipUrl(int skip) => QueryHelpers.AddQueryString(Urls.Audit(Pair), new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["by"] = Text(By),
        ["action"] = Text(Action),
        ["subject"] = Text(Subject),
        ["from"] = Text(From),
        ["to"] = Text(To),
        ["skip"] = skip.ToString(CultureInfo.InvariantCulture),
    }.Where(x => x.Value is not null));

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static DateTimeOffset? Day(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null;
}
