using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
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
    public async Task Set_ByAnAdministratorOfAnotherPair_IsRefused()
    {
        await using var world = await RunWorld.CreateAsync();
        var elsewhere = Caller.Of("ada", "Ada", [new MigrationPortal.Access.Grant(Role.Administrator, "elsewhere")]);

        var set = await world.Portal.Get<MigrationPortal.PoolPairs.SetPairOptionsHandler>().HandleAsync(new("contoso", new PlanOptions { PrefixSeparator = " : " }), elsewhere, CancellationToken.None);

        Assert.Equal("out-of-scope", set.Refusal?.Code);
    }

    [Fact]
    public async Task Set_AnotherHadChangedThem_OtherOptionsMerge_AndTheSameOneIsNamed()
    {
        await using var world = await RunWorld.CreateAsync();
        var caller = new Caller("ada", "Ada", new HashSet<Role> { Role.Administrator });
        var set = world.Portal.Get<MigrationPortal.PoolPairs.SetPairOptionsHandler>();
        Task<MigrationPortal.Engine.Outcome<MigrationPortal.PoolPairs.PoolPair>> SetAsync(PlanOptions wanted) =>
            set.HandleAsync(new("contoso", wanted) { BaseVersion = 0, Seen = new PlanOptions() }, caller, CancellationToken.None);
        ChatWorld.Done(await SetAsync(new PlanOptions { Topic = TopicRule.AppendToDescription }));

        var other = ChatWorld.Done(await SetAsync(new PlanOptions { Creators = Creators.None }));
        Assert.Equal((TopicRule.AppendToDescription, Creators.None), (other.Options.Topic, other.Options.Creators));
        ChatWorld.Done(await SetAsync(new PlanOptions { PrefixSeparator = " : " }));
        var same = await SetAsync(new PlanOptions { PrefixSeparator = " > " });

        Assert.Equal("edit-conflict", same.Refusal?.Code);
        Assert.Equal(("options.PrefixSeparator", " - ", " : ", "ada"), EditConflict.Of(same.Refusal)!.Fields.Select(x => (x.Field, x.Base, x.Theirs, x.By)).Single());
    }

    [Fact]
    public async Task Put_WithBaseVersion_MergesByOption_AndNamesBothValuesOfTheSameOne()
    {
        await using var world = await RunWorld.CreateAsync();
        using var admin = world.Portal.ClientFor("administrator");
        using var first = await admin.GetAsync(Address);
        Assert.Equal("\"0\"", $"{first.Headers.ETag}");
        Assert.Equal("\"1\"", await PutAsync(admin, "?baseVersion=0", new PlanOptions { Topic = TopicRule.AppendToDescription }));

        // Read before: only what differs from version 0 is meant.
        Assert.Equal("\"2\"", await PutAsync(admin, "?baseVersion=0", new PlanOptions { PrefixSeparator = " : " }));
        var merged = await admin.GetFromJsonAsync<PlanOptions>(Address, JsonSerializerOptions.Web);
        Assert.Equal((TopicRule.AppendToDescription, " : "), (merged!.Topic, merged.PrefixSeparator));
        // The same value is there already, and what was changed is not changed back.
        Assert.Equal("\"2\"", await PutAsync(admin, "?baseVersion=1", new PlanOptions { Topic = TopicRule.AppendToDescription, PrefixSeparator = " : " }));

        using var met = await admin.PutAsJsonAsync(Address + "?baseVersion=0", new PlanOptions { PrefixSeparator = " > " });
        Assert.Equal(HttpStatusCode.Conflict, met.StatusCode);
        var problem = await met.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(
            ("edit-conflict", "options.PrefixSeparator", " - ", " : ", " > ", "administrator", 2),
            (Text(problem, "code"), Text(problem, "field"), Text(problem, "base"), Text(problem, "theirs"), Text(problem, "yours"), Text(problem, "by"), problem.GetProperty("version").GetInt32()));
        Assert.Equal("\"3\"", await PutAsync(admin, "?baseVersion=2", merged with { PrefixSeparator = " > " }));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await SendAsync(admin, "?baseVersion=99", new PlanOptions())).StatusCode);
    }

    [Fact]
    public async Task Put_WithIfMatch_RefusesWhatChangedSince_AndNamesIt()
    {
        await using var world = await RunWorld.CreateAsync();
        using var admin = world.Portal.ClientFor("administrator");
        Assert.Equal("\"1\"", await PutAsync(admin, "", new PlanOptions { Topic = TopicRule.AppendToDescription }));
        using var late = await SendAsync(admin, "", new PlanOptions(), ifMatch: "\"0\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Equal("options.Topic", Assert.Single((await late.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("changed").EnumerateArray()).GetString());
        using var now = await SendAsync(admin, "", new PlanOptions(), ifMatch: "\"1\"");
        Assert.Equal("\"2\"", $"{now.Headers.ETag}");
    }

    [Fact]
    public async Task Put_ThatExpectsOtherReviews_Is409_AndWithThoseThatAreThereIsDone()
    {
        await using var world = await RunWorld.CreateAsync();
        using var admin = world.Portal.ClientFor("administrator");
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var none = await op.GetAsync("pool-pairs/contoso/options/reviews");
        Assert.Equal(0, none.GetProperty("total").GetInt32());
        var batch = await world.ApprovedBatchAsync(ChatWorld.Deep);

        using var late = await SendAsync(admin, $"?expectedReviews={Text(none, "expected")}", new PlanOptions { PrefixSeparator = " : " });
        Assert.Equal((HttpStatusCode.Conflict, "review-moved"), (late.StatusCode, Text(await late.Content.ReadFromJsonAsync<JsonElement>(), "code")));
        Assert.Equal("Approved", (await op.GetAsync($"batches/{batch}")).GetProperty("state").GetString());

        var now = await op.GetAsync("pool-pairs/contoso/options/reviews");
        var item = Assert.Single(now.GetProperty("items").EnumerateArray());
        Assert.Equal(($"{batch}", "First wave"), (Text(item, "batchId"), Text(item, "batchName")));
        Assert.Contains("approved it.", Text(item, "text"), StringComparison.Ordinal);
        Assert.Equal("\"1\"", await PutAsync(admin, $"?expectedReviews={Text(now, "expected")}", new PlanOptions { PrefixSeparator = " : " }));
        Assert.Equal("Draft", (await op.GetAsync($"batches/{batch}")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Put_ByManyAtOnceWithTheSameBase_LosesNobodysOption()
    {
        await using var world = await RunWorld.CreateAsync();
        using var admin = world.Portal.ClientFor("administrator");
        PlanOptions[] wanted = [new() { Topic = TopicRule.AppendToDescription }, new() { Creators = Creators.None }, new() { PrefixSeparator = " : " }, new() { RootCategory = "Root" }];
        await Task.WhenAll(wanted.Select(x => PutAsync(admin, "?baseVersion=0", x)));
        var merged = await admin.GetFromJsonAsync<PlanOptions>(Address, JsonSerializerOptions.Web);
        Assert.Equal((TopicRule.AppendToDescription, Creators.None, " : ", "Root"), (merged!.Topic, merged.Creators, merged.PrefixSeparator, merged.RootCategory));
    }

    private const string Address = "api/v1/pool-pairs/contoso/options";

    private static async Task<string> PutAsync(HttpClient client, string query, PlanOptions options)
    {
        using var answer = await SendAsync(client, query, options);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return $"{answer.Headers.ETag}";
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string query, PlanOptions options, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Address + query) { Content = JsonContent.Create(options) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request);
    }

    private static string? Text(JsonElement problem, string name) => problem.GetProperty(name).GetString();

    private static async Task<string?> NameAsync(ApiTalk talk, long batch) =>
        (await talk.GetAsync($"batches/{batch}/plan?kind=Room")).GetProperty("items")[0].GetProperty("new").GetString();
}
