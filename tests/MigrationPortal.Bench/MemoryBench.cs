using System.Diagnostics;
using System.Globalization;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Verification;

namespace MigrationPortal.Bench;

/// <summary>Peak memory of a process that copies and proves one room, per number of messages in it.</summary>
internal static class MemoryBench
{
    public static async Task<int> RunAsync(string connectionString, IReadOnlyList<int> counts)
    {
        double? smallest = null;
        foreach (var count in counts)
        {
            await new BenchServer(connectionString).CreateAsync(1, count);
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
            foreach (var argument in new[] { typeof(MemoryBench).Assembly.Location, "memory-one", connectionString, count.ToString(CultureInfo.InvariantCulture) })
                if (argument.Length > 0 && !(argument.EndsWith(".dll", StringComparison.Ordinal) && Path.GetFileNameWithoutExtension(start.FileName) != "dotnet"))
                    start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var peak = double.Parse(await process.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture);
            await process.WaitForExitAsync();
            smallest ??= peak;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory, {count} messages in one room\t{peak:F1}\t{smallest:F1}\t{peak - smallest:+0.0;-0.0}\tMB"));
        }
        return 0;
    }

    public static async Task<int> RunOneAsync(string connectionString, int count)
    {
        var server = new BenchServer(connectionString);
        var plan = await server.PlanAsync();
        var transfer = new BatchTransfer(server.Legacy, server.Target, new UnsafeJournal(), TimeProvider.System);
        await using var held = (await transfer.AcquireAsync(CancellationToken.None)).Value!;
        var ids = (await transfer.PrepareAsync(plan, CancellationToken.None)).Value!;
        var copied = await transfer.CopyRoomAsync(plan.Rooms[0], plan, ids, _ => { }, new CopyLimits(), CancellationToken.None);
        var proof = await RoomVerifier.VerifyAsync(server.Legacy, server.Target, plan.Rooms[0], plan, ids, CancellationToken.None);
        if (copied.Value?.Messages != count || proof.Value is not { MismatchCount: 0 } sound || sound.New.Count != count)
            throw new InvalidOperationException($"The copy is not sound: {copied.Refusal} {proof.Refusal}");
        using var self = Process.GetCurrentProcess();
        Console.WriteLine((self.PeakWorkingSet64 / 1024.0 / 1024.0).ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
