using System.Text.Json;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Delta;

public sealed class DeltaPreviewTests
{
    [Fact]
    public async Task Preview_WithSkipAndTake_GivesThatPartOfEachListAndHowManyThereAre()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync(
            $"{DeltaSteps.MoreMessages};insert into tblPrincipalRole values (10, 2, 1, 1, null, null); update tblNode set nodeDesc = 'All of it' where nodeID = 10");
        Task<JsonElement> ReadAsync(string query) => op.GetAsync($"batches/{batch}/delta-preview{query}");

        var (whole, first, second, beyond) = (await ReadAsync(""), await ReadAsync("?take=1"), await ReadAsync("?skip=1&take=1"), await ReadAsync("?skip=2"));

        Assert.Equal(2, Properties(whole).Count);
        Assert.Equal(Properties(whole), Properties(first).Concat(Properties(second)));
        Assert.Empty(Properties(beyond));
        JsonElement[] all = [whole, first, second, beyond];
        Assert.Equal([1, 1, 0, 0], all.Select(x => x.GetProperty("rooms").GetArrayLength()));
        Assert.All(all, x => Assert.Equal(
            (whole.GetProperty("fingerprint").GetString(), 2, 1, 0),
            (x.GetProperty("fingerprint").GetString(), x.GetProperty("changeCount").GetInt32(), x.GetProperty("roomCount").GetInt32(), x.GetProperty("setAsideCount").GetInt32())));
    }

    private static List<string?> Properties(JsonElement preview) => [.. preview.GetProperty("changes").EnumerateArray().Select(x => x.GetProperty("property").GetString())];
}
