using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Reviews;

/// <summary>Where the open review of a batch is decided about, whatever it asks for.</summary>
public sealed partial class DecisionCard
{
    internal const string Place = "decision";

    private bool _needsReason;
    private bool _needsComment;
    private bool _hasSeen;
    private string? _submitter;

    [CascadingParameter] internal BatchView View { get; set; } = null!;

    [Inject] internal ApproveBatchHandler Approve { get; set; } = null!;

    [Inject] internal SendBackHandler SendBack { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal PersonNames Names { get; set; } = null!;

    [Inject] internal IStringLocalizer<Counts> Counted { get; set; } = null!;

    [Inject] internal Toasts Toasts { get; set; } = null!;

    [Inject] internal Drafts Drafts { get; set; } = null!;

    [Inject] internal UnsentDecision Unsent { get; set; } = null!;

    /// <summary>Outlives the card, whose round may end while somebody writes.</summary>
    private string Comment
    {
        get => Unsent.Find(View.Batch.Id);
        set => Unsent.Keep(View.Batch.Id, value);
    }

    private ReviewKind Kind => View.Review?.Kind ?? ReviewKind.Plan;

    private string? Asked => Kind == ReviewKind.Plan ? View.Batch.Fingerprint : View.Review!.Fingerprint;

    /// <summary>Why this person may not decide; null when they may.</summary>
    private string? Why => View.DisabledReason(Role.Approver, "approve-plan") ?? View.OwnWork ?? (IsOutside ? L["Outside"].Value : null);

    private bool IsOutside => View.Standing is { IsOutside: true };

    /// <summary>The person owns a category whose approval is needed, and does not reach every room.</summary>
    private bool IsPart => View.Standing is { OwnPart.Count: > 0 };

    private string Part => string.Join(", ", View.Standing!.OwnPart.Select(CategoryPaths.Display));

    protected override async Task OnParametersSetAsync() =>
        _submitter = View.Review is { } review ? await Names.FindAsync(review.SubmittedBy, CancellationToken.None) : null;

    /// <summary>Why the button is off: not theirs, not now, or the list is not read.</summary>
    private string? NotNow => Why ?? Given ?? View.Hindrance ?? (Kind == ReviewKind.Undo && !_hasSeen ? L["SeenFirst"].Value : null);

    private string? Given => View.Standing is not { HasOwn: true } standing ? null
        : new Refusal(standing.Counted.Any(x => x.Person == View.Caller.Name) ? "already-approved" : "already-approved.part", RefusalKind.Conflict, View.Batch.Name).Message;

    private string Rooms => Counted.Count("Rooms", Fact(ReviewFacts.Rooms));

    private string Messages => Counted.Count("Messages", Fact(ReviewFacts.Messages));

    private string Problem => _needsReason ? L["ReasonNeeded"] : _needsComment ? L["CommentNeeded"] : "";

    private long Fact(string name) => View.Review?.Facts.GetValueOrDefault(name) ?? 0;

    private async Task ApproveAsync()
    {
        (_needsReason, _needsComment) = (false, Kind == ReviewKind.Undo && string.IsNullOrWhiteSpace(Comment));
        if (_needsComment)
            return;
        var request = new ApproveBatch(View.Batch.Id, Asked, Comment, _hasSeen);
        var caller = await CurrentCaller.GetAsync();
        Show(await SendAsync(() => Approve.HandleAsync(request, caller, CancellationToken.None)), IsPart ? L["Done.Part", View.Batch.Name] : L[$"Done.{Kind}", View.Batch.Name]);
    }

    private async Task SendBackAsync()
    {
        (_needsReason, _needsComment) = (string.IsNullOrWhiteSpace(Comment), false);
        if (_needsReason)
            return;
        var request = new SendBack(View.Batch.Id, Comment);
        var caller = await CurrentCaller.GetAsync();
        Show(await SendAsync(() => SendBack.HandleAsync(request, caller, CancellationToken.None)), L[$"Refused.{Kind}", View.Batch.Name]);
    }

    // Gone before it is sent, so that what was decided never looks as if it were not, and back where it was refused or failed.
    private async Task<Outcome<Decision>> SendAsync(Func<Task<Outcome<Decision>>> send)
    {
        var (batch, text, isDone) = (View.Batch.Id, Comment, false);
        Unsent.Forget();
        try
        {
            var outcome = await Drafts.SendAsync(Place, send);
            isDone = outcome.IsDone;
            return outcome;
        }
        finally
        {
            if (!isDone)
                Unsent.Keep(batch, text);
        }
    }

    private void Show(Outcome<Decision> outcome, string done)
    {
        if (outcome.IsDone)
            Toasts.Done(done);
        else
            Toasts.Refused(outcome.Refusal);
    }
}
