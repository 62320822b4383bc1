using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;

namespace MigrationPortal.People;

/// <summary>The people, groups and units of both pools, one line for each guid: who is affected by the migration.</summary>
internal sealed class PeopleQueries(IDbContextFactory<PortalDbContext> contexts, IPlannedRights planned)
{
    private static readonly Dictionary<PersonMark, Expression<Func<PersonRow, bool>>> _marks = new()
    {
        [PersonMark.Federated] = x => PersonRow.FederatedKinds.Contains(x.Kind),
        [PersonMark.Disabled] = x => x.State == 1,
        [PersonMark.Gone] = x => x.State == 2,
        [PersonMark.SameName] = x => x.SameNames > 1,
        [PersonMark.Gains] = x => x.Gains > 0,
        [PersonMark.Loses] = x => x.Losses > 0,
    };

    public async Task<Page<PersonRow>> ListAsync(PeopleFilter filter, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Marked(await EverybodyAsync(db, filter, cancellationToken), filter.Mark);
        var total = await rows.LongCountAsync(cancellationToken);
        var items = await Ordered(rows, filter).ThenBy(x => x.Name).ThenBy(x => x.Guid).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        return new(total, items);
    }

    public async IAsyncEnumerable<PersonRow> StreamAsync(PeopleFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Ordered(Marked(await EverybodyAsync(db, filter, cancellationToken), filter.Mark), filter).ThenBy(x => x.Name).ThenBy(x => x.Guid);
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return row;
    }

    public async Task<PersonRow?> FindAsync(string poolPairId, Guid guid, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (await EverybodyAsync(db, new PeopleFilter(poolPairId), cancellationToken)).FirstOrDefaultAsync(x => x.Guid == guid, cancellationToken);
    }

    public async Task<PeopleCounts> CountAsync(PeopleFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await (await EverybodyAsync(db, filter, cancellationToken)).GroupBy(_ => 1).Select(rows => new
        {
            All = rows.LongCount(),
            Federated = rows.AsQueryable().LongCount(_marks[PersonMark.Federated]),
            Disabled = rows.AsQueryable().LongCount(_marks[PersonMark.Disabled]),
            Gone = rows.AsQueryable().LongCount(_marks[PersonMark.Gone]),
            SameName = rows.AsQueryable().LongCount(_marks[PersonMark.SameName]),
            Gains = rows.AsQueryable().LongCount(_marks[PersonMark.Gains]),
            Loses = rows.AsQueryable().LongCount(_marks[PersonMark.Loses]),
        }).SingleOrDefaultAsync(cancellationToken);
        return new(counts?.All ?? 0, new Dictionary<PersonMark, long>
        {
            [PersonMark.Federated] = counts?.Federated ?? 0,
            [PersonMark.Disabled] = counts?.Disabled ?? 0,
            [PersonMark.Gone] = counts?.Gone ?? 0,
            [PersonMark.SameName] = counts?.SameName ?? 0,
            [PersonMark.Gains] = counts?.Gains ?? 0,
            [PersonMark.Loses] = counts?.Loses ?? 0,
        });
    }

    /// <summary>In how many legacy rooms each has a right of his own or wrote something.</summary>
    public async Task<IReadOnlyDictionary<Guid, long>> CountRoomsAsync(string poolPairId, IReadOnlyList<Guid> people, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Database.SqlQuery<RoomsOf>($"""
            WITH me AS (
                SELECT p.guid, p.scan_id, p.principal_id FROM portal.inventory_principals p
                JOIN portal.pool_pairs pp ON pp.current_scan_id = p.scan_id AND pp.id = {poolPairId}
                WHERE p.is_legacy AND p.guid = ANY({people})),
            places AS (
                SELECT me.guid, r.node_id FROM me JOIN portal.inventory_roles r ON r.scan_id = me.scan_id AND r.is_legacy AND r.principal_id = me.principal_id
                JOIN portal.inventory_nodes n ON n.scan_id = r.scan_id AND n.is_legacy AND n.node_id = r.node_id AND NOT n.is_category
                UNION
                SELECT me.guid, m.node_id FROM portal.inventory_messages m CROSS JOIN LATERAL unnest(m.authors) AS a (id)
                JOIN me ON me.scan_id = m.scan_id AND me.principal_id = a.id
                WHERE m.is_legacy AND m.scan_id = (SELECT min(scan_id) FROM me))
            SELECT guid AS "Guid", count(*) AS "Rooms" FROM places GROUP BY guid
            """).ToDictionaryAsync(x => x.Guid, x => x.Rooms, cancellationToken);
    }

    private async Task<IQueryable<PersonRow>> EverybodyAsync(PortalDbContext db, PeopleFilter filter, CancellationToken cancellationToken)
    {
        var plans = await planned.ListPlansAsync(db, filter.PoolPairId, cancellationToken);
        var (search, kind) = (filter.Search?.Trim() ?? "", filter.Kind?.ToString() ?? "");
        var people = db.Database.SqlQuery<NamedPerson>($"""
            WITH people AS (
                SELECT p.guid, min(coalesce(nullif(p.display_name, ''), nullif(p.name, ''), p.uri)) AS name, min(p.uri) AS uri, min(p.type) AS kind,
                    bool_or(p.is_legacy) AS is_legacy, bool_or(NOT p.is_legacy) AS is_new, max(p.disabled) AS state
                FROM portal.inventory_principals p
                JOIN portal.pool_pairs pp ON pp.current_scan_id = p.scan_id AND pp.id = {filter.PoolPairId}
                GROUP BY p.guid),
            marked AS (SELECT *, count(*) OVER (PARTITION BY portal.search_text(name), kind) AS same_names FROM people)
            SELECT m.guid AS "Guid", m.name AS "Name", m.uri AS "Uri", m.kind AS "Kind", m.is_legacy AS "IsLegacy", m.is_new AS "IsNew", m.state AS "State",
                m.same_names AS "SameNames"
            FROM marked m
            WHERE ({search} = '' OR portal.text_contains(m.name, {search}) OR portal.text_contains(m.uri, {search})) AND ({kind} = '' OR m.kind = {kind})
            """);
        return
            from person in people
            join sum in planned.Sum(db, plans) on person.Guid equals sum.Principal into sums
            from sum in sums.DefaultIfEmpty()
            select new PersonRow
            {
                Guid = person.Guid, Name = person.Name, Uri = person.Uri, Kind = person.Kind, IsLegacy = person.IsLegacy, IsNew = person.IsNew,
                State = person.State, SameNames = person.SameNames, Gains = (long?)sum!.Gains ?? 0, Losses = (long?)sum.Losses ?? 0,
            };
    }

    private static IQueryable<PersonRow> Marked(IQueryable<PersonRow> rows, PersonMark? mark) => mark is { } one ? rows.Where(_marks[one]) : rows;

    private static IOrderedQueryable<PersonRow> Ordered(IQueryable<PersonRow> rows, PeopleFilter filter) => (filter.Sort, filter.Descending) switch
    {
        (PersonSort.Address, false) => rows.OrderBy(x => x.Uri),
        (PersonSort.Address, true) => rows.OrderByDescending(x => x.Uri),
        (PersonSort.Gains, false) => rows.OrderBy(x => x.Gains),
        (PersonSort.Gains, true) => rows.OrderByDescending(x => x.Gains),
        (PersonSort.Losses, false) => rows.OrderBy(x => x.Losses),
        (PersonSort.Losses, true) => rows.OrderByDescending(x => x.Losses),
        (_, true) => rows.OrderByDescending(x => x.Name),
        _ => rows.OrderBy(x => x.Name),
    };

    private sealed record NamedPerson(Guid Guid, string Name, string Uri, string Kind, bool IsLegacy, bool IsNew, short State, long SameNames);

    private sealed record RoomsOf(Guid Guid, long Rooms);
}
