using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace MigrationPortal.Ui.Asking;

internal static class Dialogs
{
    /// <summary>Opens a dialog and waits for its answer.</summary>
    /// <returns>Null when it was cancelled.</returns>
    public static async Task<TAnswer?> AskAsync<TDialog, TAnswer>(this IDialogService dialogs, string title, DialogParameters<TDialog> parameters)
        where TDialog : IComponent
        where TAnswer : class
    {
        var dialog = await dialogs.ShowAsync<TDialog>(title, parameters);
        return (await dialog.Result)?.Data as TAnswer;
    }
}
