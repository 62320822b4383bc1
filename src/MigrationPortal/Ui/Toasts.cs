using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Telemetry;
using MudBlazor;

namespace MigrationPortal.Ui;

/// <summary>What just happened, or why it did not.</summary>
internal sealed partial class Toasts(ISnackbar snackbar, NavigationManager navigation, PageOutages outages, IStringLocalizer<Parts> texts, ILogger<Toasts> logger)
{
    private const int DoneMilliseconds = 5000;
    // Long enough to be reached with the keyboard.
    private const int ActionMilliseconds = 15000;

    public void Done(string sentence) => Show(sentence, action: null, go: null);

    /// <param name="url">Where to go on; null where there is no such page.</param>
    public void DoneWithLink(string sentence, string text, string? url) => Show(sentence, url is null ? null : text, () =>
    {
        navigation.NavigateTo(url!);
        return Task.CompletedTask;
    });

    /// <param name="undo">Does the opposite by its own use case; answers why it cannot.</param>
    public void DoneWithUndo(string sentence, Func<Task<Refusal?>> undo) => Show(sentence, texts["Undo"], async () =>
    {
        try
        {
            if (await undo() is { } refusal)
                Refused(refusal);
            else
                Done(texts["Undone"]);
        }
        // A notice is no part of a page, whose clicks say so themselves.
        catch (Exception failure) when (Outage.IsOfPortal(failure))
        {
            outages.TellNotDone();
        }
    });

    private void Show(string sentence, string? action, Func<Task>? go) =>
        snackbar.Add(sentence, MudBlazor.Severity.Success, options =>
        {
            options.VisibleStateDuration = action is null ? DoneMilliseconds : ActionMilliseconds;
            if (action is null || go is null)
                return;
            options.Action = action;
            options.OnClick = _ => go();
        });

    /// <summary>
    /// Stays until it is closed, so that the remedy can be read while it is done. It shows the id of the log's lines about the same click,
    /// the refusal's own among them.
    /// </summary>
    public void Refused(Refusal refusal)
    {
        LogRefused(refusal.Code);
        var parameters = new Dictionary<string, object> { [nameof(RefusalNotice.Sentence)] = refusal.Message, [nameof(RefusalNotice.TraceId)] = PortalTelemetry.TraceId! };
        // Each refusal has another id; the sentence says whether it is shown already.
        snackbar.Add<RefusalNotice>(parameters, MudBlazor.Severity.Warning, options => options.RequireInteraction = true, refusal.Message);
    }

    [LoggerMessage(LogLevel.Information, "A page was refused what it asked for: {Code}")]
    private partial void LogRefused(string code);
}
