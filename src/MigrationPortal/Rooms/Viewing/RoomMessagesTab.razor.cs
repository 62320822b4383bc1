using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Lists;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Rooms.Viewing;

/// <summary>Messages of both sides: by month, by day, and, with a reason, what people wrote.</summary>
public sealed partial class RoomMessagesTab
{
    private readonly NewestReading _reading = new();
    private readonly NewestReading _counting = new();
    private IReadOnlyList<RoomDay>? _days;
    private IReadOnlyList<MessageBar> _months = [];
    private List<DateOnly> _wrong = [];
    private IReadOnlyList<TranscriptLine>? _lines;
    private bool _isMigrated;
    private string? _problem;
    private string? _reason;
    private string? _disabledReason;
    private long _loaded;
    private (long? Legacy, long? New)? _counted;
    private long? _followed;

    [Parameter, EditorRequired] public RoomView View { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Month { get; set; }

    [SupplyParameterFromQuery] public string? Day { get; set; }

    /// <summary>The chatId that another page leads to.</summary>
    [SupplyParameterFromQuery(Name = "message")] public string? MessageText { get; set; }

    private long? Message => QueryNumber.Of(MessageText);

    [Inject] internal RoomDays Counts { get; set; } = null!;

    [Inject] internal OpenTranscriptHandler Transcript { get; set; } = null!;

    [Inject] internal ReadMessagePartHandler Parts { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal IDialogService Dialogs { get; set; } = null!;

    [Inject] internal Toasts Notifications { get; set; } = null!;

    [Inject] internal Drafts Drafts { get; set; } = null!;

    [Inject] internal Links Links { get; set; } = null!;

    [Inject] internal NavigationManager Navigation { get; set; } = null!;

    private long RoomId => long.Parse(View.Row.Id, CultureInfo.InvariantCulture);

    private DateOnly? DayShown => DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    // Without a choice, the first month that differs.
    private DateOnly? Shown => DayShown is { } day ? MessageBar.MonthOf(day)
        : DateOnly.TryParseExact(Month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month
        : _months.FirstOrDefault(x => x.IsWrong)?.At;

    private DateOnly? NextWrongMonth => _months.FirstOrDefault(x => x.IsWrong && x.At > Shown)?.At;

    private DateOnly? Before => _wrong.Where(x => x < (DayShown ?? Shown)).Cast<DateOnly?>().LastOrDefault();

    private DateOnly? After => _wrong.Where(x => DayShown is { } day ? x > day : x >= (Shown ?? DateOnly.MinValue)).Cast<DateOnly?>().FirstOrDefault();

    /// <summary>Where the transcript begins: at the message that was asked for, else with the day.</summary>
    private long? From => Message ?? (DayShown is { } day ? _days?.FirstOrDefault(x => x.Day >= day)?.FirstChatId : null);

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded != RoomId)
        {
            (_loaded, _days, _lines, _reason) = (RoomId, null, null, null);
            _disabledReason = Rights.RequireThere(await CurrentCaller.GetAsync(), "read-messages", [Role.Approver, Role.Auditor], View.PoolPairId, [View.Row.Category])?.Message;
            await LoadAsync();
        }
        else if (_counted != Counted)
        {
            // A run wrote messages while the tab was open; the transcript stays where its reader is.
            await LoadAsync();
        }

        // Whoever went on from where the address led stays there, whatever changes elsewhere.
        if (_reason is null || From == _followed)
            return;
        if (From is { } from)
            await ShowAsync(_reason, from);
        else
            _followed = null;
    }

    private (long?, long?) Counted => (View.Row.Legacy?.MessageCount, View.Row.New?.MessageCount);

    private async Task LoadAsync()
    {
        _counted = Counted;
        await _counting.ShowAsync(Counts.ListAsync(View, CancellationToken.None), outcome =>
        {
            // What was counted stays while a pool is away.
            (_days, _problem) = (outcome.Value ?? _days ?? [], outcome.Refusal?.Message);
            _months = MessageBar.Months(_days);
            _wrong = [.. MessageBar.WrongDays(_days).Select(x => x.Day)];
        });
    }

    private string? ThreadUrlOf(string chatId) => View.Row.BatchId is { } batch ? Links.To("message-thread", $"{batch}/{View.Row.Id}/{chatId}", View.PoolPairId) : null;

    private void Go(DateOnly month, DateOnly? day = null) => Navigation.NavigateTo(UrlOf(month, day));

    private void GoDay(DateOnly? day) => Go(MessageBar.MonthOf(day!.Value), day);

    private string UrlOf(DateOnly month, DateOnly? day) => Urls.RoomMessages(View.Row.Id, month, day, View.PoolPairId);

    private string Said(string key, IReadOnlyList<MessageBar> bars, string format)
    {
        var wrong = bars.Where(x => x.IsWrong).Select(x => x.At.ToString(format, Reader.Culture)).ToList();
        return L[key, bars[0].At.ToString(format, Reader.Culture), bars[^1].At.ToString(format, Reader.Culture), wrong.Count == 0 ? "0" : string.Join(", ", wrong.Take(12))];
    }

    private static string Name(DateOnly month) => month.ToString("MMM yyyy", Reader.Culture);

    private async Task OpenAsync()
    {
        if (_reason is not null)
        {
            await ShowAsync(_reason, null);
            return;
        }

        var answer = await Dialogs.ConfirmAsync(L["OpenTitle"], L["OpenSentence", View.Row.Name], L["OpenAction"], L["Reason"]);
        if (answer is not null)
            await Drafts.SendAsync(answer.Draft, () => ShowAsync(answer.Reason, From));
    }

    private async Task NextAsync() => await ShowAsync(_reason!, long.Parse(_lines![^1].ChatId, CultureInfo.InvariantCulture) + 1);

    private async Task<Outcome<IReadOnlyList<TranscriptLine>>> ShowAsync(string reason, long? from)
    {
        var caller = await CurrentCaller.GetAsync();
        // Of this moment: what was read before the room was migrated is not missing once it is.
        var (followed, isMigrated) = (From, View.Row.New is not null);
        return await _reading.ShowAsync(Transcript.HandleAsync(new OpenTranscript(RoomId, reason, from, null), caller, CancellationToken.None), outcome =>
        {
            _followed = followed;
            if (outcome.Refusal is { } refusal)
                Notifications.Refused(refusal);
            else
                (_lines, _isMigrated, _reason) = (outcome.Value, isMigrated, reason);
        });
    }

    private async Task<MessagePart?> ReadPartAsync(string chatId, bool isLegacy, int from)
    {
        var request = new ReadMessagePart(RoomId, long.Parse(chatId, CultureInfo.InvariantCulture), isLegacy, from, _reason);
        var outcome = await Parts.HandleAsync(request, await CurrentCaller.GetAsync(), CancellationToken.None);
        if (outcome.Refusal is { } refusal)
            Notifications.Refused(refusal);
        return outcome.Value;
    }
}
