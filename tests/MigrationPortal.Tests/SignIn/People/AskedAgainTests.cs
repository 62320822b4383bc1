using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Data;
using MigrationPortal.SignIn.People;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.People;

/// <summary>An answer of the directory that nobody waited for is nobody's answer later.</summary>
public sealed class AskedAgainTests
{
    [Fact]
    public async Task Check_AfterWhoAskedHasGone_AsksTheDirectoryAnew()
    {
        await using var portal = await PortalApp.StartAsync();
        var directory = new HeldDirectory();
        var recheck = ActivatorUtilities.CreateInstance<DirectoryRecheck>(portal.Services, directory);
        var person = await portal.Get<KnownPeople>().RecordAsync(new(PersonSource.Directory, "omar", "omar", "Omar", new(["Approvers"], [])), CancellationToken.None);
        using (var tab = new CancellationTokenSource())
        {
            var asking = recheck.CheckAsync(person, now: true, tab.Token);
            await directory.Asked.Task;
            await tab.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        }

        directory.Answer.SetResult(new DirectoryAnswer.Known("Omar", new(["Approvers"], [])));
        directory.Answer = new();
        directory.Answer.SetResult(new DirectoryAnswer.Known("Omar", Memberships.None));
        await Eventually.TrueAsync(async () => (await recheck.CheckAsync(person, now: true, CancellationToken.None)).Person!.Memberships.Groups.Count == 0);

        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        Assert.Empty((await db.Set<Person>().SingleAsync(x => x.Id == person.Id)).Memberships.Groups);
    }

    private sealed class HeldDirectory : IDirectory
    {
        public TaskCompletionSource Asked { get; } = new();

        public TaskCompletionSource<DirectoryAnswer> Answer { get; set; } = new();

        public bool Answers(PersonSource source) => true;

        public Task<DirectoryAnswer> FindAsync(Person person, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            return Answer.Task;
        }
    }
}
