using MigrationPortal.Engine;
using Radzen;

namespace MigrationPortal.Ui;

/// <summary>What just happened, or why it did not.</summary>
internal static class Toasts
{
    private const double DoneMilliseconds = 4000;

    // A refusal stays long enough to be read twice.
    private const double RefusedMilliseconds = 12000;

    public static void Done(this NotificationService notices, string sentence) =>
        notices.Notify(NotificationSeverity.Success, sentence, duration: DoneMilliseconds);

    public static void Refused(this NotificationService notices, Refusal refusal) =>
        notices.Notify(NotificationSeverity.Warning, refusal.Message, duration: RefusedMilliseconds);
}
