using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Engine;

namespace MigrationPortal.Windows.Scheduling;

/// <summary>When a batch is to start by itself. It counts while the batch is Scheduled; afterwards it says how that ended.</summary>
internal sealed class Schedule
{
    public required long BatchId { get; init; }

    /// <summary>Not before; null from now on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Later it is missed; null waits as long as it takes.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whose rights the start needs, asked again at that moment.</summary>
    public required string By { get; init; }

    /// <summary>Null for a persona that came with its fixed token.</summary>
    public long? PersonId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Given in advance with the schedule; see <see cref="MigrationPortal.Runs.RunConfirmations"/>.</summary>
    public required List<string> Confirmations { get; init; }

    /// <summary>What kept it from starting when it was looked at last.</summary>
    public Wording? Waits { get; set; }

    public DateTimeOffset? MissedAt { get; set; }

    public Wording? MissedWhy { get; set; }
}

internal sealed class ScheduleTable : IEntityTypeConfiguration<Schedule>
{
    public void Configure(EntityTypeBuilder<Schedule> builder)
    {
        builder.ToTable("schedules").HasKey(x => x.BatchId);
        builder.HasOne<MigrationPortal.Batches.Batch>().WithOne().HasForeignKey<Schedule>(x => x.BatchId).HasConstraintName("fk_schedules_batches").OnDelete(DeleteBehavior.Cascade);
    }
}
