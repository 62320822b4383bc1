using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Comments;

internal sealed class CommentThreadTable : IEntityTypeConfiguration<CommentThread>
{
    public void Configure(EntityTypeBuilder<CommentThread> builder)
    {
        builder.ToTable("threads").HasKey(x => x.Id);
        builder.Ignore(x => x.Anchor).Ignore(x => x.IsOpen);
        builder.HasIndex(x => x.BatchId, "ix_threads_batch");
        builder.HasIndex(x => x.RoomId, "ix_threads_room").HasFilter("room_id IS NOT NULL");
        builder.HasIndex(x => new { x.AnchorKind, x.AnchorKey }, "ix_threads_anchor");
    }
}

internal sealed class CommentTable : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.ToTable("comments").HasKey(x => x.Id);
        builder.Ignore(x => x.IsShown);
        builder.HasOne<CommentThread>().WithMany().HasForeignKey(x => x.ThreadId).HasConstraintName("fk_comments_threads");
        builder.HasIndex(x => x.ThreadId, "ix_comments_thread");
        builder.HasIndex(x => x.BatchId, "ix_comments_batch");
    }
}

internal sealed class CommentVersionTable : IEntityTypeConfiguration<CommentVersion>
{
    public void Configure(EntityTypeBuilder<CommentVersion> builder)
    {
        builder.ToTable("comment_versions").HasKey(x => new { x.CommentId, x.Version });
        builder.HasOne<Comment>().WithMany().HasForeignKey(x => x.CommentId).HasConstraintName("fk_comment_versions_comments");
    }
}

internal sealed class CommentMentionTable : IEntityTypeConfiguration<CommentMention>
{
    public void Configure(EntityTypeBuilder<CommentMention> builder)
    {
        builder.ToTable("comment_mentions").HasKey(x => new { x.CommentId, x.PersonId });
        builder.HasOne<Comment>().WithMany().HasForeignKey(x => x.CommentId).HasConstraintName("fk_comment_mentions_comments");
    }
}
