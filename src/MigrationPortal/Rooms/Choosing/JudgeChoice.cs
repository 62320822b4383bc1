using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Rooms.Choosing;

/// <param name="Why">Never <see cref="RoomFit.Fitting"/>.</param>
public sealed record LeftRooms(RoomFit Why, long Count)
{
    /// <summary>"3 rooms are already in a batch".</summary>
    public Wording ToWording() => new($"RoomsLeft.{Why}", Count);

    /// <summary>All of them in one sentence part; "" where none was left.</summary>
    public static string Sentence(IEnumerable<LeftRooms> left) => string.Join("; ", left.Select(x => x.ToWording()));

    /// <summary>Those that were left when it was asked and those that were left since, each reason once.</summary>
    public static IReadOnlyList<LeftRooms> Merge(IEnumerable<LeftRooms> before, IEnumerable<LeftRooms> since) =>
        [.. before.Concat(since).GroupBy(x => x.Why).Select(x => new LeftRooms(x.Key, x.Sum(y => y.Count)))];
}

/// <param name="Fitting">Rooms with which the step can be done.</param>
/// <param name="Left">The others by reason, most first.</param>
internal sealed record JudgedChoice(long[] Fitting, IReadOnlyList<LeftRooms> Left)
{
    public static JudgedChoice None { get; } = new([], []);

    public long LeftCount => Left.Sum(x => x.Count);
}

/// <summary>Says of chosen rooms with how many a step can be done, and with which not. Changes nothing; a choice may be all rooms of a pool.</summary>
internal sealed class JudgeChoice(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<JudgedChoice> HandleAsync(RoomStep step, string poolPairId, IReadOnlyCollection<long> roomIds, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await HandleAsync(db, step, poolPairId, roomIds, caller, cancellationToken);
    }

    /// <summary>Part of the caller's transaction.</summary>
    public static async Task<JudgedChoice> HandleAsync(
        PortalDbContext db, RoomStep step, string poolPairId, IReadOnlyCollection<long> roomIds, Caller caller, CancellationToken cancellationToken)
    {
        var ids = roomIds.Distinct().ToArray();
        if (ids.Length == 0)
            return JudgedChoice.None;
        var chosen = RoomSelection.Of(db, poolPairId).AsNoTracking().Where(x => ids.Contains(x.RoomId));
        var reached = await ReachedAsync(chosen, step, poolPairId, caller, cancellationToken);
        var judged = RoomFits.Judge(db, reached is null ? chosen : chosen.Where(x => reached.Contains(x.Category)), step);
        var counts = await judged.GroupBy(x => x.Fit).Select(g => new { Fit = g.Key, Rooms = g.LongCount() }).ToListAsync(cancellationToken);
        var fitting = await judged.Where(x => x.Fit == RoomFit.Fitting).Select(x => x.Pair.RoomId).ToArrayAsync(cancellationToken);

        var left = counts.Where(x => x.Fit != RoomFit.Fitting).Select(x => new LeftRooms(x.Fit, x.Rooms)).ToList();
        var known = reached is null ? counts.Sum(x => x.Rooms) : await chosen.LongCountAsync(cancellationToken);
        if (known - counts.Sum(x => x.Rooms) is > 0 and var beyond)
            left.Add(new(RoomFit.OutOfReach, beyond));
        if (ids.Length - known is > 0 and var unknown)
            left.Add(new(RoomFit.Unknown, unknown));
        return new(fitting, [.. left.OrderByDescending(x => x.Count).ThenBy(x => x.Why)]);
    }

    /// <summary>Who may take the step, each within the reach of the role.</summary>
    public static Role[] RolesOf(RoomStep step) => step == RoomStep.Accept ? [Role.Planner, Role.Approver] : [Role.Planner];

    // Null: all of them. A pool has some hundred categories at most.
    private static async Task<string[]?> ReachedAsync(IQueryable<RoomPair> chosen, RoomStep step, string poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        var roles = RolesOf(step);
        if (Rights.Reaches(caller, poolPairId, roles))
            return null;
        var categories = await chosen.Select(x => x.Category).Distinct().ToListAsync(cancellationToken);
        return [.. categories.Where(x => Rights.RequireThere(caller, "plan-rooms", roles, poolPairId, [x]) is null)];
    }
}
