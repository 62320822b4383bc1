using MigrationPortal.Engine;
using Microsoft.JSInterop;

namespace MigrationPortal.Ui.Typing;

/// <summary>
/// What a person typed or chose in a field with <c>data-draft</c>, kept by the browser and the portal until it is sent (drafts.js). A place
/// stands for all fields whose own place begins with it: <c>options/contoso</c> for each option of that pair.
/// </summary>
internal sealed class Drafts(IJSRuntime browser)
{
    /// <summary>
    /// Forgets what was typed before it is sent, so that a draft never comes back after its text arrived, and keeps it again when that
    /// was refused or failed.
    /// </summary>
    public Task<Outcome<T>> SendAsync<T>(string place, Func<Task<Outcome<T>>> send) => SendAsync(place, send, x => x.IsDone);

    /// <summary>As above, for what answers only why it was refused.</summary>
    public Task<Refusal?> SendAsync(string place, Func<Task<Refusal?>> send) => SendAsync(place, send, x => x is null);

    /// <summary>A text as one part of a place: a slash in it begins none below.</summary>
    public static string PartOf(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);

    public ValueTask ForgetAsync(string place) => TellAsync("portalDrafts.forget", place);

    /// <summary>Keeps what no single field holds; a hidden field of the place, whose value is <paramref name="before"/>, gets it back by its input event.</summary>
    public ValueTask WriteAsync(string place, string before, string now) => TellAsync("portalDrafts.write", place, before, now);

    /// <summary>Keeps what is selected in a list, in this tab alone; nothing where it is empty.</summary>
    public ValueTask SelectAsync(string place, string selection) => TellAsync("portalDrafts.select", place, selection);

    /// <returns>Null where nothing is kept.</returns>
    public ValueTask<string?> SelectedAsync(string place) => browser.AskAsync<string>("portalDrafts.selected", CancellationToken.None, place);

    private async Task<T> SendAsync<T>(string place, Func<Task<T>> send, Func<T, bool> wasDone)
    {
        var isDone = false;
        await ForgetAsync(place);
        try
        {
            var answer = await send();
            isDone = wasDone(answer);
            return answer;
        }
        finally
        {
            if (!isDone)
                await TellAsync("portalDrafts.keep", place);
        }
    }

    // Where the browser is gone its tab keeps the draft.
    private ValueTask TellAsync(string function, params object?[] arguments) => browser.TellAsync(function, CancellationToken.None, arguments);
}
