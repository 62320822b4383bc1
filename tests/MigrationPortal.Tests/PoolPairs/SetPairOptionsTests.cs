using System.Net.Http.Json;
using MigrationPortal.Api;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.PoolPairs;

public sealed class SetPairOptionsTests
{
    [Fact]
    public async Task Put_OtherSeparator_PlansBatchesAnewAndKeepsThemFromStartingUnapproved()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.ApprovedBatchAsync(ChatWorld.Deep);
        using var admin = world.Portal.ClientFor("administrator");
        using var op = new ApiTalk(world.Portal.Address, "operator");
        Assert.Equal("Trading - Desks - Deep ", await NameAsync(op, batch));

        using var answer = await admin.PutAsJsonAsync("api/v1/pool-pairs/contoso/options", new PlanOptions { PrefixSeparator = " : " });

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Equal("Trading : Desks : Deep ", await NameAsync(op, batch));
        Assert.Equal("Draft", (await op.GetAsync($"batches/{batch}")).GetProperty("state").GetString());
        Assert.Equal("wrong-state", await op.TryPostAsync($"batches/{batch}/start"));
        Assert.Equal(0, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.runs"));
        Assert.Equal(1, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'PoolPairOptionsChanged' and details::text like '%“ : ”%'"));
    }

    [Fact]
    public async Task Set_AnotherHadChangedThem_OtherOptionsMerge_AndTheSameOneIsNamed()
    {
        await using var world = await RunWorld.CreateAsync();
        var caller = new Caller("ada", "Ada", new HashSet<Role> { Role.Administrator });
        var set = world.Portal.Get<MigrationPortal.PoolPairs.SetPairOptionsHandler>();
        ChatWorld.Done(await set.HandleAsync(new("contoso", new PlanOptions { Topic = TopicRule.AppendToDescription }, new PlanOptions()), caller, CancellationToken.None));

        var other = ChatWorld.Done(await set.HandleAsync(new("contoso", new PlanOptions { Creators = Creators.None }, new PlanOptions()), caller, CancellationToken.None));
        Assert.Equal((TopicRule.AppendToDescription, Creators.None), (other.Options.Topic, other.Options.Creators));
        ChatWorld.Done(await set.HandleAsync(new("contoso", new PlanOptions { PrefixSeparator = " : " }, new PlanOptions()), caller, CancellationToken.None));
        var same = await set.HandleAsync(new("contoso", new PlanOptions { PrefixSeparator = " > " }, new PlanOptions()), caller, CancellationToken.None);

        Assert.Equal("edit-conflict", same.Refusal?.Code);
        Assert.Equal(("PrefixSeparator", " - ", " : ", "ada"), EditConflict.Of(same.Refusal)!.Fields.Select(x => (x.Field, x.Base, x.Theirs, x.By)).Single());
    }

    private static async Task<string?> NameAsync(ApiTalk talk, long batch) =>
        (await talk.GetAsync($"batches/{batch}/plan?kind=Room")).GetProperty("items")[0].GetProperty("new").GetString();
}
