using System.Globalization;
using System.Net;
using MigrationPortal.Batches;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Runs;

/// <summary>Whatever writes into a production database asks whether its services are stopped and a backup is taken: an undo, and a resume after a day.</summary>
public sealed class ConfirmAgainTests
{
    [Fact]
    public async Task Undo_OnSqlServer_AsksForWhatARunAsksFor()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.Hall);
        var asked = await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        await approver.ApproveUndoAsync(batch, asked);
        BecomeSqlServer(world);

        var sentence = await op.RefusedAsync($"batches/{batch}/undo", new { confirmations = new[] { "BackupTaken" } }, HttpStatusCode.UnprocessableEntity, "confirmation-required");
        Assert.Equal("To undo the batch, confirm: the services of the new pool are stopped, you know that Microsoft does not support writing to the database directly.", sentence);
        Assert.Equal(BatchState.Completed, await world.BatchAsync(batch));
        Assert.Null(await op.TryPostAsync($"batches/{batch}/undo", new { confirmations = RunConfirmations.All }));

        await Eventually.IsAsync(() => world.BatchAsync(batch), x => x is BatchState.Undone or BatchState.Failed);
        Assert.Equal(BatchState.Undone, await world.BatchAsync(batch));
        Assert.Equal(3, await world.Portal.Database.ScalarAsync<int>("select cardinality(confirmations) from portal.undos"));
    }

    [Fact]
    public async Task Resume_AfterADayOnSqlServer_AsksAgain()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "2"));
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);
        var run = (await world.StartAsync(batch)).RunId;
        await op.PostAsync($"batches/{batch}/pause");
        await Eventually.TrueAsync(async () => (await world.TransfersAsync(run)).All(x => !x.State.IsActive()));
        BecomeSqlServer(world);
        Assert.Null(await op.TryPostAsync($"batches/{batch}/resume"));
        await op.PostAsync($"batches/{batch}/pause");
        await world.Portal.Database.ExecuteAsync("update portal.runs set confirmed_at = confirmed_at - interval '25 hours'");

        var sentence = await op.RefusedAsync($"batches/{batch}/resume", null, HttpStatusCode.UnprocessableEntity, "confirmation-required");
        Assert.Contains("more than a day ago", sentence, StringComparison.Ordinal);
        Assert.Equal(BatchState.Paused, await world.BatchAsync(batch));
        Assert.Null(await op.TryPostAsync($"batches/{batch}/resume", new { confirmations = RunConfirmations.All }));

        Assert.True(await world.Portal.Database.ScalarAsync<bool>("select confirmed_at > now() - interval '1 hour' from portal.runs"));
        Assert.Equal(3, (await op.GetAsync($"runs/{run}")).GetProperty("confirmations").GetArrayLength());
        await op.TryPostAsync($"batches/{batch}/cancel");
        await world.EndAsync(run);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("de")]
    public void Said_EachConfirmation_IsASentenceInTheReadersLanguage(string language) => Assert.All(
        RunConfirmations.Said(RunConfirmations.All).Select(x => x.In(CultureInfo.GetCultureInfo(language))),
        said => Assert.DoesNotContain(RunConfirmations.All, code => said.Contains(code, StringComparison.Ordinal)));

    // The same database, spoken to as a SQL Server.
    private static void BecomeSqlServer(RunWorld world)
    {
        var catalog = world.Portal.Get<PoolPairCatalog>();
        var pair = catalog.Find("contoso")!;
        catalog.Add(pair with { New = new ChatDatabase(pair.New.Product, SqlProvider.SqlServer, TranslatingDriver.ConnectionString(world.Chat.NewDatabase)) });
    }
}
