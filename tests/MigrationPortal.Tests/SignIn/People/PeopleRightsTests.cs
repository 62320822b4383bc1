using MigrationPortal.SignIn.People;
using MigrationPortal.Tests.Batches;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.SignIn.People;

/// <summary>What people may do who are not here, in a portal that has one way to sign in left.</summary>
public sealed class PeopleRightsTests
{
    [Theory]
    [InlineData(nameof(PersonSource.Directory))]
    [InlineData(nameof(PersonSource.Entra))]
    public async Task List_WayToSignInTakenOut_NamesNobodyWhoCameByIt(string source)
    {
        await using var world = await StartAsync();
        var id = await MoveAsync(world, source);
        await using var db = world.Database.OpenPortal();

        var people = await world.Get<PeopleRights>().ListAsync(db, [id], CancellationToken.None);

        Assert.DoesNotContain(people, x => x.Name == Anna.Name);
        Assert.Contains(people, x => x.Name == Marek.Name);
    }

    [Theory]
    [InlineData(nameof(PersonSource.Directory))]
    [InlineData(nameof(PersonSource.Entra))]
    public async Task FindNow_WayToSignInTakenOut_IsNobody(string source)
    {
        await using var world = await StartAsync();
        var id = await MoveAsync(world, source);
        await using var db = world.Database.OpenPortal();
        var rights = world.Get<PeopleRights>();

        Refused(await rights.FindNowAsync(db, id, Anna.Name, CancellationToken.None), "person-gone");
        Refused(await rights.FindNowAsync(db, null, Anna.Name, CancellationToken.None), "person-gone");
        Assert.Equal(Marek.Name, Done(await rights.FindNowAsync(db, null, Marek.Name, CancellationToken.None)).Name);
    }

    // Anna came by a way that this portal does not have any more.
    private static async Task<long> MoveAsync(BatchWorld world, string source)
    {
        await world.Database.ExecuteAsync($"update portal.people set source = '{source}' where name = '{Anna.Name}'");
        return await world.Database.ScalarAsync<long>($"select id from portal.people where name = '{Anna.Name}'");
    }
}
