using MigrationPortal.Engine;
using MudBlazor;

namespace MigrationPortal.Ui;

/// <summary>What just happened, or why it did not.</summary>
internal static class Toasts
{
    private const int DoneMilliseconds = 5000;

    /// <param name="link">Where to go on: its text, and what a click does.</param>
    public static void Done(this ISnackbar snackbar, string sentence, (string Text, Action Go)? link = null) =>
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

    /// <summary>Stays until it is closed, so that the remedy can be read while it is done.</summary>
    public static void Refused(this ISnackbar snackbar, Refusal refusal) =>
        snackbar.Add(refusal.Message, MudBlazor.Severity.Warning, options => options.RequireInteraction = true);
}
