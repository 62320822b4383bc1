using System.Globalization;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Rooms.Browsing;

/// <summary>What can be done with the room in the side pane, whatever is selected.</summary>
public sealed partial class RoomsPage
{
    /// <summary>From 1; null where it is not on the page that is shown.</summary>
    private long? PositionOf(long roomId)
    {
        var id = roomId.ToString(CultureInfo.InvariantCulture);
        var at = Rows?.Items.TakeWhile(x => x.Id != id).Count();
        return at < Rows?.Items.Count ? Address.Skip + at + 1 : null;
    }

    private async Task AddPeekedAsync(RoomRow row) => await AddAsync(new([long.Parse(row.Id, CultureInfo.InvariantCulture)], []));

    private async Task AcceptPeekedAsync(RoomRow row)
    {
        if (await Dialogs.ConfirmAsync(L["AcceptTitle"], L.Count("AcceptSentence", 1), L["AcceptAction"], L["Reason"]) is not { } answer)
            return;
        var room = long.Parse(row.Id, CultureInfo.InvariantCulture);
        var caller = await CurrentCaller.GetAsync();
        // What is accepted is what was shown, however the room differs once the dialog is answered.
        var request = new AcceptDifferences([room], answer.Reason) { Seen = new Dictionary<long, string?> { [room] = row.DifferenceKey } };
        if (!IsDone(await Drafts.SendAsync(answer.Draft, () => Accept.HandleAsync(request, caller, CancellationToken.None)), out var done))
            return;
        Notifications.Done(done.Proposed > 0 ? Words.Count("ProposalDone", done.Proposed) : L.Count("AcceptedDone", done.Accepted));
        await DoneAsync([room]);
    }
}
