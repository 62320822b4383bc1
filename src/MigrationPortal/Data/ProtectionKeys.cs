using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Data;

/// <summary>One key of the ring that protects forms and sign-ins under way.</summary>
internal sealed class ProtectionKey
{
    public required string Name { get; init; }

    public required string Xml { get; init; }
}

internal sealed class ProtectionKeyTable : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> builder) => builder.ToTable("protection_keys").HasKey(x => x.Name);
}

/// <summary>The ring lives in the portal's database: what one node made, every node reads.</summary>
internal sealed class ProtectionKeyRing(IDbContextFactory<PortalDbContext> databases) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = databases.CreateDbContext();
        return [.. db.Set<ProtectionKey>().AsNoTracking().OrderBy(x => x.Name).Select(x => x.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public static Task<List<ProtectionKey>> ListAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        db.Set<ProtectionKey>().AsNoTracking().ToListAsync(cancellationToken);

    /// <summary>Nothing happens where the key is no longer as it was read.</summary>
    public static Task<int> ReplaceAsync(PortalDbContext db, ProtectionKey key, string xml, CancellationToken cancellationToken) =>
        db.Set<ProtectionKey>().Where(x => x.Name == key.Name && x.Xml == key.Xml).ExecuteUpdateAsync(set => set.SetProperty(x => x.Xml, xml), cancellationToken);

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = databases.CreateDbContext();
        db.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}
