using Microsoft.JSInterop;
using Microsoft.JSInterop.Infrastructure;

namespace MigrationPortal.Ui;

/// <summary>Calls of the portal's scripts, which nobody misses where the browser is gone or shows another page by now.</summary>
internal static class BrowserCalls
{
    public static async ValueTask TellAsync(this IJSRuntime browser, string function, CancellationToken cancellationToken, params object?[] arguments) =>
        await browser.AskAsync<IJSVoidResult>(function, cancellationToken, arguments);

    /// <param name="browser">Whose page this is.</param>
    /// <param name="function">As the scripts name it.</param>
    /// <param name="cancellationToken">One that can be cancelled takes the place of the minute within which a browser has to answer.</param>
    /// <param name="arguments">As the function takes them.</param>
    /// <returns>The default where the browser is gone, or has none.</returns>
    public static async ValueTask<T?> AskAsync<T>(this IJSRuntime browser, string function, CancellationToken cancellationToken, params object?[] arguments)
    {
        try
        {
            return await (cancellationToken.CanBeCanceled ? browser.InvokeAsync<T>(function, cancellationToken, arguments) : browser.InvokeAsync<T>(function, arguments));
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            return default;
        }
    }
}
