using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>What the journey that runs now has opened, and what its browsers complained about.</summary>
internal static class OpenedPages
{
    // On a busy machine a circuit takes its time; a page that is wrong stays wrong.
    public const float PatienceMilliseconds = 60_000;

    private static readonly ConcurrentDictionary<IBrowserContext, byte> _open = [];
    private static readonly ConcurrentQueue<string> _faults = [];

    /// <summary>A browser of somebody's own. It is closed with the journey, which fails if a page of it broke the Content Security Policy or left an exception unhandled.</summary>
    public static async Task<IBrowserContext> OpenAsync(this IBrowser browser, BrowserNewContextOptions options) => Watch(await browser.NewContextAsync(options));

    public static IBrowserContext Watch(IBrowserContext context)
    {
        _open.TryAdd(context, 0);
        context.SetDefaultTimeout(PatienceMilliseconds);
        context.Close += (_, _) => _open.TryRemove(context, out _);
        context.WebError += (_, error) => _faults.Enqueue($"{error.Page?.Url}: {error.Error}");
        context.Console += (_, message) =>
        {
            // The library's notices bring a style element for their fade, which is blocked; they show and close on time without it.
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal) && !message.Text.Contains("style-src-elem", StringComparison.Ordinal))
                _faults.Enqueue($"{message.Page?.Url}: {message.Text}");
        };
        return context;
    }

    /// <summary>Pages that stay open follow every change of later journeys.</summary>
    public static async Task<IReadOnlyList<string>> CloseAsync()
    {
        foreach (var context in _open.Keys)
            await context.DisposeAsync();
        var faults = _faults.ToList();
        _faults.Clear();
        return faults;
    }
}
