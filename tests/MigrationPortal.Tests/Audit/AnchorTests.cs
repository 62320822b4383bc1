using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Audit.Anchors;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Audit;

/// <summary>The chain's head kept elsewhere: whoever rewrites all of it, or the file, is found out.</summary>
public sealed class AnchorTests
{
    // A chain that follows from itself throughout, as whoever owns the database could write it.
    private const string Unlock = "alter table portal.audit_entries disable trigger user; alter table portal.audit_head disable trigger user;";

    [Fact]
    public async Task Check_EveryHour_AnchorsTheHeadAndVerifySaysHowFar()
    {
        using var world = await World.StartAsync();
        await world.CheckAsync();
        await world.CheckAsync();
        Assert.Single(await File.ReadAllLinesAsync(world.File));
        await world.RecordAsync();
        await world.RecordAsync();

        var proof = await world.VerifyAsync();
        Assert.Equal((true, "2", 2), (proof.GetProperty("isWhole").GetBoolean(), proof.GetProperty("anchoredTo").GetString(), proof.GetProperty("openCount").GetInt32()));

        await world.CheckAsync();
        using var auditor = world.Portal.ClientFor("auditor");
        var listed = (await auditor.GetFromJsonAsync<JsonElement>("api/v1/audit/anchors")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["4", "2"], listed.Select(x => x.GetProperty("id").GetString()));
        Assert.Equal(0, (await world.VerifyAsync()).GetProperty("openCount").GetInt32());
        Assert.Empty(await world.InboxAsync("auditor"));
    }

    [Fact]
    public async Task Check_ChainRewrittenAsAWhole_IsBrokenAndToldAndNotAnchoredAgain()
    {
        using var world = await World.StartAsync();
        await world.CheckAsync();
        await world.RewriteAsync();
        await world.RecordAsync();

        await world.CheckAsync();

        var proof = await world.VerifyAsync();
        Assert.Equal((false, "2"), (proof.GetProperty("isWhole").GetBoolean(), proof.GetProperty("brokenId").GetString()));
        Assert.Contains("is not the one that was anchored at", proof.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(world.File));
        Assert.Contains("is not the one that was anchored at", Assert.Single(await world.InboxAsync("auditor")), StringComparison.Ordinal);
        Assert.Empty(await world.InboxAsync("planner"));
        using var anybody = world.Portal.AnonymousClient();
        var ready = await anybody.GetFromJsonAsync<JsonElement>("health/ready");
        Assert.Equal("degraded", ready.GetProperty("status").GetString());
        Assert.Contains("audit log does not hold", ready.GetProperty("reasons")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("emptied", "is missing in the anchor file")]
    [InlineData("damaged", "cannot be read")]
    public async Task Check_AnchorFileChanged_IsBrokenAndTold(string how, string reason)
    {
        using var world = await World.StartAsync();
        await world.CheckAsync();
        await File.WriteAllTextAsync(world.File, how == "emptied" ? "" : "{}");
        await world.RecordAsync();

        await world.CheckAsync();

        Assert.Contains(reason, Assert.Single(await world.InboxAsync("auditor")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_LineThatWasNotWrittenToItsEnd_IsNoAnchorAndTheNextIsALineOfItsOwn()
    {
        using var world = await World.StartAsync();
        await world.CheckAsync();
        await File.AppendAllTextAsync(world.File, "{\"id\":12,\"hash\":\"9f");
        await world.RecordAsync();

        await world.CheckAsync();

        Assert.Empty(await world.InboxAsync("auditor"));
        Assert.Equal(3, (await File.ReadAllLinesAsync(world.File)).Length);
        var (code, said) = await world.ScriptAsync();
        Assert.True(code == 0 && said.Contains("anchored to entry 3,", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task Check_AnchorFileUnavailable_IsToldUntilItCanBeWritten()
    {
        using var world = await World.StartAsync();
        Directory.CreateDirectory(world.File);
        await world.CheckAsync();
        Assert.Contains("is not available", Assert.Single(await world.InboxAsync("administrator")), StringComparison.Ordinal);

        Directory.Delete(world.File);
        await world.CheckAsync();

        Assert.Empty(await world.InboxAsync("administrator"));
        Assert.Single(await File.ReadAllLinesAsync(world.File));
    }

    [Fact]
    public async Task Script_WithTheAnchorFile_PassesAndFailsForARewrittenChain()
    {
        using var world = await World.StartAsync();
        await world.CheckAsync();
        await world.RecordAsync();
        var (code, said) = await world.ScriptAsync();
        Assert.True(code == 0 && said.Contains("anchored to entry 2, open after it", StringComparison.Ordinal), said);

        await world.RewriteAsync();
        (code, said) = await world.ScriptAsync();
        Assert.True(code == 1 && said.Contains("not the one that the anchor names", StringComparison.Ordinal), said);
    }

    private sealed class World : IDisposable
    {
        private readonly TemporaryDirectory _directory = new();

        public required PortalApp Portal { get; init; }

        public string File => Path.Combine(_directory.Path, "anchors.jsonl");

        public static async Task<World> StartAsync()
        {
            // The portal's own check, at start, is over before the test makes its own.
            var world = new World { Portal = await PortalApp.StartAsync() };
            Directory.CreateDirectory(world._directory.Path);
            await Eventually.TrueAsync(async () => await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.audit_check") == 1);
            await world.RecordAsync();
            await world.RecordAsync();
            return world;
        }

        public async Task CheckAsync()
        {
            var file = Anchors();
            await new CheckAudit(Databases, new AuditWalk(TimeProvider.System), file, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<CheckAudit>.Instance).HandleAsync(CancellationToken.None);
        }

        public async Task RecordAsync()
        {
            await using var db = Portal.Database.OpenPortal();
            await Portal.Get<AuditTrail>().RecordAsync(db, Caller.Portal, "BatchRenamed", "batch:1", null, new Dictionary<string, string?>(StringComparer.Ordinal) { ["to"] = "Wave 1" }, CancellationToken.None);
        }

        public async Task<JsonElement> VerifyAsync()
        {
            var auditor = new Caller("auditor", "Auditor", new HashSet<Role> { Role.Auditor });
            var proof = (await new VerifyAuditHandler(Databases, new AuditWalk(TimeProvider.System), Anchors()).HandleAsync(auditor, CancellationToken.None)).Value;
            return JsonSerializer.SerializeToElement(AuditProofResource.Of(proof!), JsonSerializerOptions.Web);
        }

        // A check that is not the portal's own is no news to it.
        public async Task<IReadOnlyList<string>> InboxAsync(string persona)
        {
            Portal.Get<LiveFeed>().AnnounceEverything();
            using var client = Portal.ClientFor(persona);
            return [.. (await client.GetFromJsonAsync<JsonElement>("api/v1/inbox")).GetProperty("items").EnumerateArray().Select(x => x.ToString()).Where(x => x.Contains("audit", StringComparison.Ordinal))];
        }

        public async Task RewriteAsync()
        {
            await Portal.Database.ExecuteAsync(Unlock);
            await using var db = Portal.Database.OpenPortal();
            var previous = AuditHash.Genesis;
            foreach (var entry in await db.Set<AuditEntry>().AsNoTracking().OrderBy(x => x.Id).ToListAsync())
            {
                var forged = new AuditEntry
                {
                    Id = entry.Id, At = entry.At, By = "nobody", Action = entry.Action, Subject = entry.Subject, PoolPairId = entry.PoolPairId, Details = entry.Details, PreviousHash = previous, Hash = [],
                };
                var hash = AuditHash.Of(forged);
                await db.Database.ExecuteSqlAsync($"update portal.audit_entries set by = 'nobody', previous_hash = {previous}, hash = {hash} where id = {entry.Id}");
                previous = hash;
            }

            await db.Database.ExecuteSqlAsync($"update portal.audit_head set hash = {previous}");
        }

        public async Task<(int Code, string Said)> ScriptAsync()
        {
            using var client = Portal.ClientFor("auditor");
            var export = Path.Combine(_directory.Path, "audit.jsonl");
            await System.IO.File.WriteAllTextAsync(export, await client.GetStringAsync("api/v1/audit/export"));
            using var script = Process.Start(new ProcessStartInfo("python3", [Path.Combine(SourceFolder.Tests, "..", "..", "docs", "verify-audit.py"), export, "--anchors", File])
            {
                UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var said = await script.StandardOutput.ReadToEndAsync() + await script.StandardError.ReadToEndAsync();
            await script.WaitForExitAsync();
            return (script.ExitCode, said);
        }

        public void Dispose()
        {
            Portal.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _directory.Dispose();
        }

        private IDbContextFactory<PortalDbContext> Databases => Portal.Get<IDbContextFactory<PortalDbContext>>();

        private AnchorFile Anchors() => new(Microsoft.Extensions.Options.Options.Create(new AuditOptions { AnchorPath = File }));
    }
}
