using Microsoft.JSInterop;

namespace MigrationPortal.Ui;

/// <summary>
/// What a person typed into a field with <c>data-draft</c>, kept by the browser until it is sent. It is forgotten before it is sent, so that a
/// draft never comes back after its text arrived, and kept again when that was refused.
/// </summary>
internal sealed class Drafts(IJSRuntime browser)
{
    public ValueTask ForgetAsync(string place) => AskAsync("portalDrafts.forget", place);

    public ValueTask KeepAsync(string place, string text) => AskAsync("portalDrafts.keep", place, text);

    private async ValueTask AskAsync(string function, params object[] arguments)
    {
        try
        {
            await browser.InvokeVoidAsync(function, arguments);
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its tab keeps the draft.
        }
    }
}
