using System.Globalization;
using Microsoft.Extensions.Localization;
using MigrationPortal.Engine;
using MigrationPortal.Rooms.Choosing;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Rooms.Browsing;

/// <summary>
/// What people do with selected rooms, on whatever page they select them: it is done with those where it can be; the others are counted by reason, before and after.
/// Each answers the rooms that it was done with, or null where nothing was done.
/// </summary>
internal sealed class RoomActions(
    IDialogService dialogs, Toasts toasts, Drafts drafts, Links links, CurrentCaller callers, IRoomBatches batching, JudgeChoice judging,
    ExcludeRoomsHandler exclude, IncludeRoomsHandler include, AcceptDifferencesHandler accept, WithdrawAcceptanceHandler withdraw,
    IStringLocalizer<RoomsPage> texts, IStringLocalizer<RoomTexts> words)
{
    public async Task<long[]?> AddAsync(string pair, IReadOnlyCollection<long> rooms)
    {
        var judged = await JudgeAsync(RoomStep.Add, pair, rooms);
        return Refuses(judged) ? null : await AddAsync(pair, judged);
    }

    public async Task<long[]?> AddFromFileAsync(string pair) =>
        await batching.ChooseFromFileAsync(dialogs, pair) is { } rooms ? await AddAsync(pair, new JudgedChoice(rooms, [])) : null;

    public async Task<long[]?> ExcludeAsync(string pair, IReadOnlyCollection<long> rooms)
    {
        var judged = await JudgeAsync(RoomStep.Exclude, pair, rooms);
        if (Refuses(judged) || await AskAsync("LeaveOut", judged) is not { } answer)
            return null;
        var caller = await callers.GetAsync();
        var outcome = await drafts.SendAsync(answer.Draft, () => exclude.HandleAsync(new ExcludeRooms(judged.Fitting, answer.Reason) { OnlyFitting = true }, caller, CancellationToken.None));
        if (!IsDone(outcome, out var done))
            return null;
        Tell(
            Told(words.Count("LeftOut", done.Count), judged.Left, done.Left), done.Count,
            async () => (await include.HandleAsync(new IncludeRooms(done.RoomIds), await callers.GetAsync(), CancellationToken.None)).Refusal);
        return done.RoomIds;
    }

    public async Task<long[]?> IncludeAsync(string pair, IReadOnlyCollection<long> rooms)
    {
        var judged = await JudgeAsync(RoomStep.Include, pair, rooms);
        if (Refuses(judged))
            return null;
        var outcome = await include.HandleAsync(new IncludeRooms(judged.Fitting) { OnlyFitting = true }, await callers.GetAsync(), CancellationToken.None);
        if (!IsDone(outcome, out var done))
            return null;
        Tell(Told(words.Count("Included", done.Count), judged.Left, done.Left), done.Count, async () => await exclude.ExcludeAgainAsync(done.Before, await callers.GetAsync()));
        return [.. done.Before.SelectMany(x => x.RoomIds)];
    }

    /// <param name="seen">How each room differed when it was looked at: what is accepted is that, however it differs once the dialog is answered.</param>
    public async Task<long[]?> AcceptAsync(string pair, IReadOnlyCollection<long> rooms, IReadOnlyDictionary<long, string?> seen)
    {
        var judged = await JudgeAsync(RoomStep.Accept, pair, rooms);
        if (Refuses(judged) || await AskAsync("Accept", judged) is not { } answer)
            return null;
        var caller = await callers.GetAsync();
        var outcome = await drafts.SendAsync(answer.Draft, () => accept.HandleAsync(new AcceptDifferences(judged.Fitting, answer.Reason) { OnlyFitting = true, Seen = seen }, caller, CancellationToken.None));
        if (!IsDone(outcome, out var done))
            return null;
        if (done.Proposed > 0)
            toasts.Done(words.Count("ProposalDone", done.Proposed));
        var told = Told(texts.Count("AcceptedDone", done.Accepted), judged.Left, done.Left);
        if (done.Accepted > 0)
            toasts.DoneWithUndo(told, async () => (await withdraw.HandleAsync(new WithdrawAcceptance(done.RoomIds), await callers.GetAsync(), CancellationToken.None)).Refusal);
        else if (done.Left.Count > 0)
            toasts.Done(told);
        return [.. done.RoomIds, .. done.ProposedIds];
    }

    private async Task<long[]?> AddAsync(string pair, JudgedChoice judged)
    {
        var title = judged.Left.Count == 0 ? texts.Count("AddCountToBatch", judged.Fitting.Length) : texts.Count("AddFittingTitle", judged.Fitting.Length);
        if (await batching.AddAsync(dialogs, title, pair, judged.Fitting, judged.Left) is not { } added)
            return null;
        toasts.DoneWithLink(added.Sentence, words["OpenBatch"], links.To("batch", added.BatchId.ToString(CultureInfo.InvariantCulture), pair));
        return added.RoomIds;
    }

    private async Task<JudgedChoice> JudgeAsync(RoomStep step, string pair, IReadOnlyCollection<long> rooms) =>
        await judging.HandleAsync(step, pair, rooms, await callers.GetAsync(), CancellationToken.None);

    private Task<Confirmation?> AskAsync(string step, JudgedChoice judged) => dialogs.ConfirmAsync(
        texts[$"{step}Title"], texts.Count($"{step}Sentence", judged.Fitting.Length), texts[$"{step}Action"], texts["Reason"],
        judged.Left.Count == 0 ? null : texts["LeftAsIs", LeftRooms.Sentence(judged.Left)].Value);

    /// <summary>Says so where it can be done with none of them.</summary>
    private bool Refuses(JudgedChoice judged)
    {
        if (judged.Fitting.Length > 0)
            return false;
        toasts.Refused(new Refusal("no-fitting-rooms.decide", RefusalKind.Invalid, judged.Left.Select(x => x.ToWording())));
        return true;
    }

    private bool IsDone<T>(Outcome<T> outcome, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? done)
    {
        done = outcome.Value;
        if (outcome.Refusal is { } refusal)
            toasts.Refused(refusal);
        return outcome.IsDone;
    }

    private void Tell(string told, int count, Func<Task<Refusal?>> undo)
    {
        if (count > 0)
            toasts.DoneWithUndo(told, undo);
        else
            toasts.Done(told);
    }

    // Those that were left when it was asked, and those that changed since.
    private string Told(string done, IEnumerable<LeftRooms> before, IEnumerable<LeftRooms> since)
    {
        var left = LeftRooms.Merge(before, since);
        return left.Count == 0 ? done : texts["DoneAndLeft", done, LeftRooms.Sentence(left)].Value;
    }
}
