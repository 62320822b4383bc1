using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Audit;

/// <summary>What the portal exports, checked by the script that an auditor runs elsewhere.</summary>
public sealed class ExportAuditTests
{
    [Fact]
    public async Task Export_ByAuditor_PassesTheScriptAndHoldsItsOwnEntry()
    {
        await using var portal = await FilledAsync();
        using var directory = new TemporaryDirectory();

        var lines = await ExportAsync(portal);

        Assert.Contains("AuditExported", lines[^2], StringComparison.Ordinal);
        Assert.Contains("\"head\"", lines[^1], StringComparison.Ordinal);
        var (code, said) = await VerifyAsync(directory, lines);
        Assert.True(code == 0 && said.StartsWith("PASS", StringComparison.Ordinal), said);
    }

    [Theory]
    [InlineData("changed", "entry 2 was changed")]
    [InlineData("removed", "entry 2 is missing")]
    [InlineData("cut", "without the head")]
    [InlineData("shortened", "is not where the audit log ended")]
    public async Task Verify_TamperedExport_NamesTheEntry(string how, string reason)
    {
        await using var portal = await FilledAsync();
        using var directory = new TemporaryDirectory();
        var lines = (await ExportAsync(portal)).ToList();
        switch (how)
        {
            case "changed": lines[1] = lines[1].Replace("batch:1", "batch:7", StringComparison.Ordinal); break;
            case "removed": lines.RemoveAt(1); break;
            case "cut": lines.RemoveAt(lines.Count - 1); break;
            default: lines.RemoveAt(lines.Count - 2); break;
        }

        var (code, said) = await VerifyAsync(directory, lines);

        Assert.True(code == 1 && said.Contains(reason, StringComparison.Ordinal), said);
    }

    // A chain that was written anew as a whole follows from itself; only what was kept elsewhere tells.
    [Fact]
    public async Task Verify_AnchorOfAnotherChain_Fails()
    {
        await using var portal = await FilledAsync();
        using var directory = new TemporaryDirectory();

        var (code, said) = await VerifyAsync(directory, await ExportAsync(portal), "--anchor", $"2:{new string('0', 64)}");

        Assert.True(code == 1 && said.Contains("anchor", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task Export_ByOthers_IsRefusedAndNotRecorded()
    {
        await using var portal = await FilledAsync();
        using var client = portal.ClientFor("administrator");

        using var answer = await client.GetAsync("/api/v1/audit/export");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(0, await portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'AuditExported'"));
    }

    private static async Task<PortalApp> FilledAsync()
    {
        var portal = await PortalApp.StartAsync();
        var caller = new Caller("auditor", "Ada", new HashSet<Role> { Role.Auditor });
        for (var i = 0; i < 3; i++)
        {
            await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
            await portal.Get<AuditTrail>().RecordAsync(db, caller, "BatchSubmitted", $"batch:{i}", "contoso", new Dictionary<string, string?> { ["z"] = "ä\"\\ 漢 <&>", ["a"] = null }, CancellationToken.None);
        }

        return portal;
    }

    private static async Task<string[]> ExportAsync(PortalApp portal)
    {
        using var client = portal.ClientFor("auditor");
        return (await client.GetStringAsync("/api/v1/audit/export")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<(int Code, string Said)> VerifyAsync(TemporaryDirectory directory, IReadOnlyList<string> lines, params string[] more)
    {
        var file = Path.Combine(Directory.CreateDirectory(directory.Path).FullName, "audit.jsonl");
        await File.WriteAllLinesAsync(file, lines);
        using var script = Process.Start(new ProcessStartInfo("python3", [Path.Combine(SourceFolder.Tests, "..", "..", "docs", "verify-audit.py"), file, .. more])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await script.StandardOutput.ReadToEndAsync() + await script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();
        return (script.ExitCode, said);
    }
}
