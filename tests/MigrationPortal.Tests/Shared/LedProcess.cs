using System.Diagnostics;
using MigrationPortal.Bench;

namespace MigrationPortal.Tests.Shared;

/// <summary>A copy in a process of its own, which can be killed. Led, it says each step and goes on to the next one when it is told to.</summary>
internal sealed class LedProcess : IDisposable
{
    private readonly Process _process;

    private LedProcess(string[] arguments) => _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(CopyOrder).Assembly.Location, .. arguments])
    {
        RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
    })!;

    public static LedProcess Lead(string command, string order) => new([command, order, "led"]);

    public static async Task RunToEndAsync(string command, string order)
    {
        using var run = new LedProcess([command, order]);
        var said = await run._process.StandardOutput.ReadToEndAsync();
        await run._process.WaitForExitAsync();
        Assert.EndsWith("done", said.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(0, run._process.ExitCode);
    }

    /// <summary>The step that was reached; null when it got through.</summary>
    public Task<string?> StepAsync() => _process.StandardOutput.ReadLineAsync();

    public async Task GoOnAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Not at a step but somewhere after it: the moment is the thing under test.</summary>
    public async Task KillWithinAsync(TimeSpan limit, Random random)
    {
        await Task.Delay(random.NextDouble() * limit, TimeProvider.System);
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose() => _process.Dispose();
}
