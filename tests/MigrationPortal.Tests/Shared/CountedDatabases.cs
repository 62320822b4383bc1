using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using MigrationPortal.Data;

namespace MigrationPortal.Tests.Shared;

/// <summary>The portal database, and what was read of it.</summary>
internal sealed class CountedDatabases(TestDatabase database) : DbCommandInterceptor, IDbContextFactory<PortalDbContext>
{
    public List<string> Queries { get; } = [];

    public PortalDbContext CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<PortalDbContext>();
        PortalDatabase.Configure(options, database.ConnectionString).AddInterceptors(this);
        return new(options.Options);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Queries.Add(command.CommandText);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }
}
