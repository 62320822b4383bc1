using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>The processes of a browser, for journeys in which one dies or stands still.</summary>
internal static class BrowserProcesses
{
    /// <param name="kind"><c>browser</c> or <c>renderer</c>.</param>
    public static async Task<IReadOnlyList<string>> ProcessesAsync(this IPage page, string kind)
    {
        var session = await page.Context.Browser!.NewBrowserCDPSessionAsync();
        var info = await session.SendAsync("SystemInfo.getProcessInfo");
        return [.. info!.Value.GetProperty("processInfo").EnumerateArray()
            .Where(x => x.GetProperty("type").GetString() == kind)
            .Select(x => x.GetProperty("id").GetInt32().ToString(CultureInfo.InvariantCulture))];
    }

    /// <param name="signal"><c>KILL</c>, <c>STOP</c> or <c>CONT</c>.</param>
    public static async Task SignalAsync(string signal, IReadOnlyList<string> processes)
    {
        using var kill = Process.Start("kill", [$"-{signal}", .. processes]);
        await kill.WaitForExitAsync();
    }
}
