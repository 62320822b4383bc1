using Bunit;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Verification;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Verification;

public sealed class RoomResultDetailTests
{
    [Fact]
    public async Task Detail_OfPeopleWhoseNamesAreWords_KeepsTheNames()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var side = new MessageDigests(0, null, null, null, null, 0, "");
        var proof = new RoomResult
        {
            Grade = Grade.Investigate, Legacy = side, New = side, Rules = [], Mismatches = [], MismatchCount = 0,
            Settings =
            [
                new("UpdatedBy", "system", "principal 12"), new("AddedBy", "principal 12", "system", "AuditBySystem"), new("Member", "private", ""), new("Privacy", "private", "open"),
            ],
        };

        var detail = context.Render<RoomResultDetail>(x => x.Add(p => p.Proof, proof));

        Assert.Equal(
            ["system|principal 12", "principal 12|system account", "private|(empty)", "Secret|Open"],
            detail.FindAll("tr[data-row]").Select(x => string.Join('|', x.QuerySelectorAll("td").Skip(1).Take(2).Select(td => td.TextContent.Trim()))));
    }
}
