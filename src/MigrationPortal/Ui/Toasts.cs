using MigrationPortal.Engine;
using MigrationPortal.Telemetry;
using MudBlazor;

namespace MigrationPortal.Ui;

/// <summary>What just happened, or why it did not.</summary>
internal sealed partial class Toasts(ISnackbar snackbar, ILogger<Toasts> logger)
{
    private const int DoneMilliseconds = 5000;

    /// <param name="link">Where to go on: its text, and what a click does.</param>
    public void Done(string sentence, (string Text, Action Go)? link = null) =>
        snackbar.Add(sentence, MudBlazor.Severity.Success, options =>
        {
            options.VisibleStateDuration = DoneMilliseconds;
            if (link is not { } next)
                return;
            options.Action = next.Text;
            options.OnClick = _ =>
            {
                next.Go();
                return Task.CompletedTask;
            };
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
