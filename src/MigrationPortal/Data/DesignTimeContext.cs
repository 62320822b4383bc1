using Microsoft.EntityFrameworkCore.Design;

namespace MigrationPortal.Data;

/// <summary>For <c>dotnet ef</c>, which needs the model and no database: without it the tool would start the whole portal.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<PortalDbContext>
{
    public PortalDbContext CreateDbContext(string[] args) => new(PortalDatabase.Options("Host=nowhere.invalid"));
}
