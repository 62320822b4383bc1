using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Unsent;

namespace MigrationPortal.Tests.Unsent;

/// <summary>What of a person is kept, for how long, and which of two copies counts.</summary>
public sealed class DraftTests : IAsyncLifetime
{
    private const long Minute = 60_000;

    private static readonly Caller Paula = Caller.Of("paula", "Paula", []);
    private static readonly Caller Omar = Caller.Of("omar", "Omar", []);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero));
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreatePortalAsync();
        _services = new ServiceCollection().AddSingleton<TimeProvider>(_time).AddSingleton<IDbContextFactory<PortalDbContext>>(new Databases(_database))
            .AddUnsent().AddSingleton<PruneDrafts>().BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Save_OfAnOlderCopy_KeepsTheNewerOneAndAnswersIt()
    {
        Assert.Equal("typed here", await SaveAsync("batches/1:decision", "typed here"));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("typed here", await SaveAsync("batches/1:decision", "typed elsewhere before", age: 6 * Minute));
        Assert.Equal("typed elsewhere since", await SaveAsync("batches/1:decision", "typed elsewhere since", age: 4 * Minute));
        Assert.Equal("typed elsewhere since", (await FindAsync("batches/1:decision"))?.Text);
    }

    [Fact]
    public async Task Discard_ThenAnOlderCopyArrives_IsNotBroughtBack_AndANewerOneIsKept()
    {
        await SaveAsync("batches/1:comment", "sent");
        _time.Advance(TimeSpan.FromMinutes(1));
        Done(await Get<DiscardDraftHandler>().HandleAsync(new("batches/1:comment", 0), Paula, CancellationToken.None));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await SaveAsync("batches/1:comment", "sent", age: 2 * Minute));
        Assert.Null(await FindAsync("batches/1:comment"));
        Assert.Equal("the next one", await SaveAsync("batches/1:comment", "the next one"));
        // A refusal gives back what was sent: as if it was typed now. What was discarded before that is older.
        Done(await Get<DiscardDraftHandler>().HandleAsync(new("batches/1:comment", 3 * Minute), Paula, CancellationToken.None));
        Assert.Equal("the next one", (await FindAsync("batches/1:comment"))?.Text);
    }

    [Fact]
    public async Task Discard_BeforeWhatWasTypedArrives_DoesNotKeepIt()
    {
        Done(await Get<DiscardDraftHandler>().HandleAsync(new("batches/1:comment", 0), Paula, CancellationToken.None));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await SaveAsync("batches/1:comment", "sent", age: 2 * Minute));
    }

    [Fact]
    public async Task Save_ByAClockThatIsAheadOrFarBehind_IsOfNowOrOfTheLongestTimeAgo()
    {
        await SaveAsync("batches/1:comment", "ahead", age: -Minute);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("since", await SaveAsync("batches/1:comment", "since"));
        Assert.Equal("since", await SaveAsync("batches/1:comment", "behind", age: long.MaxValue));
    }

    [Fact]
    public async Task Drafts_OfOnePerson_AreNobodyElses()
    {
        await SaveAsync("batches/1:comment", "Paula's");
        Assert.Null(await FindAsync("batches/1:comment", Omar));
        Assert.Empty(await Get<DraftQueries>().ListAsync("", Omar, CancellationToken.None));
        Done(await Get<DiscardDraftHandler>().HandleAsync(new("batches/1:comment", 0), Omar, CancellationToken.None));
        Done(await Get<SaveDraftHandler>().HandleAsync(new("batches/1:comment", "Omar's", "", 0), Omar, CancellationToken.None));
        Assert.Equal("Paula's", (await FindAsync("batches/1:comment"))?.Text);
        await SaveAsync("batches/12:comment", "another page");
        Assert.Equal("Paula's", Assert.Single(await Get<DraftQueries>().ListAsync("batches/1:", Paula, CancellationToken.None)).Text);
    }

    [Fact]
    public async Task Save_OfMoreThanAreKept_ReplacesWhatWasDiscardedAndThenTheOldest()
    {
        for (var i = 0; i < Draft.Most; i++)
        {
            await SaveAsync($"batches/{i}:comment", $"text {i}");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Done(await Get<DiscardDraftHandler>().HandleAsync(new("batches/7:comment", 0), Paula, CancellationToken.None));
        await SaveAsync("batches/1000:comment", "one more");
        Assert.Equal("text 0", (await FindAsync("batches/0:comment"))?.Text);
        await SaveAsync("batches/1001:comment", "and another");
        Assert.Null(await FindAsync("batches/0:comment"));
        Assert.Equal(Draft.Most, (await Get<DraftQueries>().ListAsync("", Paula, CancellationToken.None)).Count);
        Assert.Equal(Draft.Most, await _database.ScalarAsync<long>("select count(*) from portal.drafts"));
    }

    [Fact]
    public async Task Draft_After30Days_IsGone_AndItsRowAsWell()
    {
        await SaveAsync("batches/1:comment", "old");
        _time.Advance(Draft.KeptFor - TimeSpan.FromMinutes(1));
        await SaveAsync("batches/2:comment", "young");
        await Get<PruneDrafts>().HandleAsync(CancellationToken.None);
        Assert.NotNull(await FindAsync("batches/1:comment"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await FindAsync("batches/1:comment"));
        await Get<PruneDrafts>().HandleAsync(CancellationToken.None);
        Assert.Equal("batches/2:comment", await _database.ScalarAsync<string>("select string_agg(place, ',') from portal.drafts"));
    }

    [Theory]
    [InlineData("", "text", "draft-place")]
    [InlineData("batches/1:\n", "text", "draft-place")]
    [InlineData("batches/1:comment", null, null)]
    public async Task Save_InAPlaceThatIsNone_IsRefused(string place, string? text, string? code) =>
        Assert.Equal(code, (await Get<SaveDraftHandler>().HandleAsync(new(place, text, null, 0), Paula, CancellationToken.None)).Refusal?.Code);

    [Fact]
    public async Task Save_OfATextOrAPlaceThatIsTooLong_IsRefused()
    {
        var longest = new string('x', Draft.MostCharacters);
        Assert.Equal(longest, await SaveAsync("batches/1:comment", longest));
        Assert.Equal("draft-too-long", (await Get<SaveDraftHandler>().HandleAsync(new("batches/1:comment", longest + "x", "", 0), Paula, CancellationToken.None)).Refusal?.Code);
        Assert.Equal("draft-too-long", (await Get<SaveDraftHandler>().HandleAsync(new("batches/1:comment", "", longest + "x", 0), Paula, CancellationToken.None)).Refusal?.Code);
        Assert.Equal("draft-place", (await Get<SaveDraftHandler>().HandleAsync(new(new string('x', Draft.MostOfPlace + 1), "", "", 0), Paula, CancellationToken.None)).Refusal?.Code);
    }

    private async Task<string?> SaveAsync(string place, string text, long age = 0) =>
        Done(await Get<SaveDraftHandler>().HandleAsync(new(place, text, "", age), Paula, CancellationToken.None)).Text;

    private async Task<Draft?> FindAsync(string place, Caller? caller = null) =>
        (await Get<DraftQueries>().FindAsync(place, caller ?? Paula, CancellationToken.None)).Value;

    private static T Done<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.IsDone, outcome.Refusal?.Message);
        return outcome.Value;
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    private sealed class Databases(TestDatabase database) : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext() => database.OpenPortal();
    }
}
