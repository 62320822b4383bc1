using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;

namespace MigrationPortal.PoolPairs;

/// <summary>One option of a pool pair that somebody changed: what an edit of an older version is compared with.</summary>
internal sealed class PairOptionChange
{
    public required string PoolPairId { get; init; }

    /// <summary>Of the options after the change.</summary>
    public required int Version { get; init; }

    /// <summary>Property of <see cref="Engine.Planning.PlanOptions"/>.</summary>
    public required string Name { get; init; }

    public required string Old { get; init; }

    public required string New { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class PairOptionChangeTable : IEntityTypeConfiguration<PairOptionChange>
{
    public void Configure(EntityTypeBuilder<PairOptionChange> builder)
    {
        builder.ToTable("pair_option_changes").HasKey(x => new { x.PoolPairId, x.Version, x.Name });
        builder.HasOne<PoolPair>().WithMany().HasForeignKey(x => x.PoolPairId).HasConstraintName("fk_pair_option_changes_pool_pairs").OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>What was changed of a pool pair's options since a version: oldest first.</summary>
internal sealed record PairOptionsSince(IReadOnlyList<PairOptionChange> Changes)
{
    /// <returns>Null where the options never had that version.</returns>
    public static async Task<PairOptionsSince?> ReadAsync(PortalDbContext db, PoolPair pair, int version, CancellationToken cancellationToken) =>
        version < 0 || version > pair.OptionsVersion
            ? null
            : new(await db.Set<PairOptionChange>().AsNoTracking().Where(x => x.PoolPairId == pair.Id && x.Version > version).OrderBy(x => x.Version).ToListAsync(cancellationToken));

    public IEnumerable<string> Fields => Changes.Select(x => OptionsMerge.FieldOf(x.Name)).Distinct(StringComparer.Ordinal);

    public PairOptionChange? LastOf(string name) => Changes.LastOrDefault(x => x.Name == name);

    /// <summary>Texts of the options as they were in that version, by name.</summary>
    public Dictionary<string, string> Before(PoolPair pair)
    {
        var texts = OptionsMerge.Texts(pair.Options);
        foreach (var change in Changes.Reverse().Where(x => texts.ContainsKey(x.Name)))
            texts[change.Name] = change.Old;
        return texts;
    }
}
