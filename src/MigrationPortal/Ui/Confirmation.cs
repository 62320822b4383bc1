using Radzen;

namespace MigrationPortal.Ui;

/// <summary>The answer yes of a <see cref="ConfirmDialog"/>; no is null.</summary>
public sealed record Confirmation(string Reason);

internal static class Confirming
{
    private static readonly DialogOptions Options = new() { Width = "460px", CloseDialogOnEsc = true, AutoFocusFirstElement = true };

    public static async Task<Confirmation?> ConfirmAsync(
        this DialogService dialogs, string title, string sentence, string action, string? reasonLabel = null, string? irreversible = null, bool danger = false) =>
        await dialogs.OpenAsync<ConfirmDialog>(
            title,
            new Dictionary<string, object?>
            {
                [nameof(ConfirmDialog.Sentence)] = sentence,
                [nameof(ConfirmDialog.Action)] = action,
                [nameof(ConfirmDialog.ReasonLabel)] = reasonLabel,
                [nameof(ConfirmDialog.Irreversible)] = irreversible,
                [nameof(ConfirmDialog.Danger)] = danger,
            },
            Options) as Confirmation;
}
