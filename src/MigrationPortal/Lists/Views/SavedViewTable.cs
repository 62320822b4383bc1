using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Lists.Views;

internal sealed class SavedViewTable : IEntityTypeConfiguration<SavedView>
{
    public const string UniqueName = "ux_saved_views_name";

    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("saved_views").HasKey(x => x.Id);
        builder.HasIndex(x => new { x.PoolPairId, x.List, x.Owner, x.Name }, UniqueName).IsUnique();
    }
}
