using System.Globalization;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>Who becomes whom: rows that are one person, addresses that somebody else has, and people whom only one of the pools still knows.</summary>
internal sealed class PeopleRules : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) => [.. Merged(facts), .. Taken(facts), .. facts.Rooms.SelectMany(Gone(facts))];

    // Two active rows leave open which address is the right one; a disabled row beside an active one is what a rename leaves.
    private static IEnumerable<Finding> Merged(PlanFacts facts) =>
        from person in facts.Plan.Principals
        where person.Type != PrincipalType.SystemUser && person.Decisions.Any(d => d.Code == "PersonMerged")
        let rows = facts.People.RowsOf(person.Guid).ToList()
        let described = rows.ConvertAll(row => new Wording("Person.Row", DisplayNames.Of(row), row.Uri, row.PrincipalId.ToString(CultureInfo.InvariantCulture)))
        select new Finding("PersonMerged", rows.Count(row => row.Disabled == 0) > 1 ? Severity.Warning : Severity.Info, null, DisplayNames.Of(rows[0]), rows.Count, described[0], described.Skip(1))
        {
            Evidence = new Wording("Person.Merged", described.Skip(1), described[0]),
        };

    private static IEnumerable<Finding> Taken(PlanFacts facts) =>
        from person in facts.Plan.Principals
        where person.Decisions.Any(d => d.Code == "UriTaken")
        select new Finding("UriTaken", Severity.Warning, null, person.DisplayName ?? person.Name ?? person.Uri, person.Uri);

    private static Func<RoomFacts, IEnumerable<Finding>> Gone(PlanFacts facts)
    {
        var accounts = NewAccounts.Of(facts.Request.New);
        var planned = facts.Plan.Principals.ToDictionary(p => p.Guid, p => p.Disabled);
        return room =>
        {
            var gone = room.Rights.Grants.Select(grant => facts.People.Of(grant.Principal)).DistinctBy(person => person.Guid)
                .Where(person => person.Disabled == 0 && accounts.TryGetValue(person.Guid, out var account) && account.Disabled != 0)
                .OrderBy(DisplayNames.Of, StringComparer.Ordinal).ThenBy(person => person.Uri, StringComparer.Ordinal)
                .ToList();
            if (gone.Count == 0)
                return [];
            var noManager = room.Planned.Managers.Count > 0 && room.Planned.Managers.All(guid => planned.GetValueOrDefault(guid) != 0);
            var who = gone.ConvertAll(x => new Wording(accounts[x.Guid].Disabled == 2 ? "Account.Deleted" : "Account.Disabled", DisplayNames.Of(x), x.Uri));
            var sentence = new Wording("GoneInNewPool", who.Count, NameList.Of(who));
            return [new Finding(
                "GoneInNewPool", Severity.Warning, noManager ? new Wording("GoneInNewPool.no-manager", sentence) : sentence, room.Room.Guid, room.Room.Name, NameList.Evidence(who, 200))];
        };
    }
}
