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

    private static async Task<World> WorldAsync() => new(await TestDatabase.CreatePortalAsync());

    private sealed class World : IAsyncDisposable
    {
        private readonly TestDatabase _database;
        private readonly ServiceProvider _services;
        private readonly PersonNames _names;

        public World(TestDatabase database)
        {
            _database = database;
            _services = new ServiceCollection().AddDbContextFactory<PortalDbContext>(x => PortalDatabase.Configure(x, database.ConnectionString)).BuildServiceProvider();
            _names = new(Factory, Options.Create(new SignInOptions()), Time);
        }

        public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

        private IDbContextFactory<PortalDbContext> Factory => _services.GetRequiredService<IDbContextFactory<PortalDbContext>>();

        public async Task SignInAsync(string account, string name) =>
            await new KnownPeople(Factory, Time).RecordAsync(new(PersonSource.Directory, account, account, name, Memberships.None), CancellationToken.None);

        public async Task<string> NameAsync(string account) => await _names.FindAsync(account, CancellationToken.None);

        public async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            await _database.DisposeAsync();
        }
    }
}
