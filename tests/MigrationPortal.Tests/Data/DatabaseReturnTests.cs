using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Data;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Data;

public sealed class DatabaseReturnTests
{
    [Fact]
    public async Task Watch_PortalStopsWhileItsDatabaseIsAway_Ends()
    {
        var services = new ServiceCollection()
            .AddLogging()
            // Whose time stands still: no pause between two tries ends by itself.
            .AddSingleton<TimeProvider>(new FakeTimeProvider())
            .AddSingleton<WaitOut>()
            .AddSingleton<DatabaseReturn>()
            .AddDbContextFactory<PortalDbContext>(options => PortalDatabase.Configure(options, "Host=127.0.0.1;Port=1;Username=portal;Database=portal"))
            .BuildServiceProvider();
        var waitOut = services.GetRequiredService<WaitOut>();

        var back = services.GetRequiredService<DatabaseReturn>();
        back.Watch();
        await Eventually.TrueAsync(() => Task.FromResult(waitOut.IsPortalAway));
        await services.DisposeAsync();

        await Eventually.TrueAsync(() => Task.FromResult(!waitOut.IsPortalAway));
        // Whoever still holds it neither fails nor begins again.
        back.Dispose();
        back.Watch();
        Assert.False(waitOut.IsPortalAway);
    }
}
