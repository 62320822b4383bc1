using MigrationPortal.Api;
using MigrationPortal.Data;

namespace MigrationPortal.People;

/// <summary>Which rights the plans of a pool pair's batches change; a later feature has the plans.</summary>
internal interface IPlannedRights
{
    /// <summary>The plans that count: the newest of each batch that is neither given up nor undone.</summary>
    Task<long[]> ListPlansAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken);

    /// <summary>How many rights these plans give and take, for each principal whose rights they change.</summary>
    IQueryable<PlannedSum> Sum(PortalDbContext db, long[] plans);

    /// <summary>What they change for one principal; the latest batches first.</summary>
    Task<Page<PersonChange>> ListAsync(PortalDbContext db, string poolPairId, Guid principal, Paging paging, CancellationToken cancellationToken);
}

internal sealed class PlannedSum
{
    public Guid Principal { get; init; }
    public long Gains { get; init; }
    public long Losses { get; init; }
}
