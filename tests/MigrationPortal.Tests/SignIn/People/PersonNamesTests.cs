using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Data;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.People;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.People;

public sealed class PersonNamesTests
{
    [Fact]
    public async Task Find_ByAccount_IsWhatThePersonIsCalled()
    {
        await using var world = await WorldAsync();
        await world.SignInAsync("CONTOSO\\anovak", "Anna Novak");
        Assert.Equal("Anna Novak", await world.NameAsync("CONTOSO\\anovak"));
        Assert.Equal("MigrationPortal", await world.NameAsync(Caller.Portal.Name));
        Assert.Equal("CONTOSO\\gone", await world.NameAsync("CONTOSO\\gone"));
    }

    [Fact]
    public async Task Find_OfNamesakes_AddsTheAccount()
    {
        await using var world = await WorldAsync();
        await world.SignInAsync("anna1", "Anna Novak");
        await world.SignInAsync("anna2", "Anna Novak");
        Assert.Equal("Anna Novak (anna2)", await world.NameAsync("anna2"));
    }

    [Fact]
    public async Task Find_AfterTheDirectoryRenamedSomebody_FollowsWithinAMinute()
    {
        await using var world = await WorldAsync();
        await world.SignInAsync("anna", "Anna Novak");
        Assert.Equal("Anna Novak", await world.NameAsync("anna"));
        await world.SignInAsync("anna", "Anna Berg");
        world.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("Anna Berg", await world.NameAsync("anna"));
    }

    [Fact]
    public async Task Find_OfWhomSignsInForTheFirstTime_KnowsThemAtOnce()
    {
        await using var world = await WorldAsync();
        await world.SignInAsync("anna", "Anna Novak");
        Assert.Equal("Anna Novak", await world.NameAsync("anna"));
        await world.SignInAsync("ben", "Ben Okoye");
        var ben = await world.NumberAsync("ben");
        Assert.Equal("Ben Okoye", (await world.Names.ByNumberAsync([ben], CancellationToken.None))(ben));
        await world.SignInAsync("eva", "Eva Lindqvist");
        Assert.Equal("Eva Lindqvist", await world.NameAsync("eva"));
    }

    [Fact]
    public async Task Find_OfWhomIsUnknown_ReadsOnceAMinute()
    {
        await using var world = await WorldAsync();
        Assert.Equal("gone", await world.NameAsync("gone"));
        Assert.Equal("gone", await world.NameAsync("gone"));
        await world.SignInAsync("gone", "Back Again");
        Assert.Equal("gone", await world.NameAsync("gone"));
        world.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("Back Again", await world.NameAsync("gone"));
    }

    private static async Task<World> WorldAsync() => new(await TestDatabase.CreatePortalAsync());

    private sealed class World : IAsyncDisposable
    {
        private readonly TestDatabase _database;
        private readonly ServiceProvider _services;

        public World(TestDatabase database)
        {
            _database = database;
            _services = new ServiceCollection().AddDbContextFactory<PortalDbContext>(x => PortalDatabase.Configure(x, database.ConnectionString)).BuildServiceProvider();
            Names = new(Factory, Options.Create(new SignInOptions()), Time);
        }

        public PersonNames Names { get; }

        public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

        private IDbContextFactory<PortalDbContext> Factory => _services.GetRequiredService<IDbContextFactory<PortalDbContext>>();

        public async Task SignInAsync(string account, string name) =>
            await new KnownPeople(Factory, Time).RecordAsync(new(PersonSource.Directory, account, account, name, Memberships.None), CancellationToken.None);

        public async Task<long> NumberAsync(string account)
        {
            await using var db = await Factory.CreateDbContextAsync();
            return await db.Set<Person>().Where(x => x.Name == account).Select(x => x.Id).SingleAsync();
        }

        public async Task<string> NameAsync(string account) => await Names.FindAsync(account, CancellationToken.None);

        public async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            await _database.DisposeAsync();
        }
    }
}
