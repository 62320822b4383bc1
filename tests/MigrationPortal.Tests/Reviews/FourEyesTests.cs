using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews;
using MigrationPortal.Tests.Batches;
using Xunit.Abstractions;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews;

/// <summary>Whatever people do in whatever order, an approved batch has the yes of somebody who neither made, submitted nor changed it.</summary>
public sealed class FourEyesTests(ITestOutputHelper output)
{
    private static readonly Caller[] People = [Petra, Both, Anna, new("duo", "duo", new HashSet<Role> { Role.Planner, Role.Approver })];

    [Fact]
    public async Task AnySequence_NeverApprovesWithoutOtherEyes()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var world = await StartAsync();
        var approvals = 0;
        for (var round = 0; round < 6; round++)
        {
            var author = People[random.Next(2)];
            var id = await world.CreateAsync(author, $"Wave {seed} {round}", "Desk");
            var editors = new HashSet<string>(StringComparer.Ordinal) { author.Name };
            for (var step = 0; step < 12; step++)
            {
                await ActAsync(world, id, People[random.Next(People.Length)], random.Next(4), $"{round}.{step}", editors);
                var batch = await world.BatchAsync(id);
                if (batch.State != BatchState.Approved)
                    continue;
                approvals++;
                await CheckAsync(world, batch, editors);
                editors = new(StringComparer.Ordinal) { author.Name };
            }

            await world.Database.ExecuteAsync($"delete from portal.batch_rooms where batch_id = {id}");
        }

        output.WriteLine($"{approvals} approvals");
    }

    private static async Task ActAsync(BatchWorld world, long id, Caller who, int what, string name, HashSet<string> editors)
    {
        switch (what)
        {
            case 0 when (await world.Get<SetNewNameHandler>().HandleAsync(new SetNewName(id, await world.RoomAsync("Desk"), $"Name {name}"), who, CancellationToken.None)).IsDone:
                editors.Add(who.Name);
                break;
            case 1:
                await world.SubmitAsync(id, who);
                break;
            default:
                await world.ApproveAsync(id, who);
                break;
        }
    }

    private static async Task CheckAsync(BatchWorld world, Batch batch, HashSet<string> editors)
    {
        await using var db = world.Database.OpenPortal();
        var decision = await db.Set<Decision>().Where(x => x.BatchId == batch.Id).OrderByDescending(x => x.Id).FirstAsync();
        var review = await db.Set<Review>().SingleAsync(x => x.Id == decision.ReviewId);
        Assert.Equal(batch.Fingerprint, decision.Fingerprint);
        Assert.NotEqual(review.SubmittedBy, decision.By);
        Assert.DoesNotContain(decision.By, editors);
    }
}
