using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Comments;

internal sealed class BatchCommentTable : IEntityTypeConfiguration<BatchComment>
{
    public void Configure(EntityTypeBuilder<BatchComment> builder)
    {
        builder.ToTable("batch_comments").HasKey(x => x.Id);
        builder.HasIndex(x => x.BatchId, "ix_batch_comments_batch");
    }
}
