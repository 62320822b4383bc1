using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>Who becomes whom: rows that are one person, addresses that somebody else has, and people whom only one of the pools still knows.</summary>
internal sealed class PeopleRules : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) => [.. Merged(facts), .. Taken(facts), .. facts.Rooms.SelectMany(Gone(facts))];

    // Two active rows leave open which address is the right one; a disabled row beside an active one is what a rename leaves.
    private static IEnumerable<Finding> Merged(PlanFacts facts) =>
        from person in facts.Plan.Principals
        let merged = person.Decisions.FirstOrDefault(d => d.Code == "PersonMerged")
        where merged is not null && person.Type != PrincipalType.SystemUser
        let rows = facts.People.RowsOf(person.Guid).ToList()
        select new Finding("PersonMerged", rows.Count(row => row.Disabled == 0) > 1 ? Severity.Warning : Severity.Info, null, DisplayNames.Of(rows[0]),
            $"{rows.Count} rows of the old pool have the same identity in the directory and become one person: {merged.New}, and with it {merged.Old}.",
            $"{merged.Old} → {merged.New}");

    private static IEnumerable<Finding> Taken(PlanFacts facts) =>
        from person in facts.Plan.Principals
        where person.Decisions.Any(d => d.Code == "UriTaken")
        select new Finding("UriTaken", Severity.Warning, null, person.DisplayName ?? person.Name ?? person.Uri,
            $"Another active person has the address {person.Uri}, in the new pool or as the later row of the old one; this one is disabled there and gets no rights.");

    private static Func<RoomFacts, IEnumerable<Finding>> Gone(PlanFacts facts)
    {
        var accounts = NewAccounts.Of(facts.Request.New);
        var planned = facts.Plan.Principals.ToDictionary(p => p.Guid, p => p.Disabled);
        return room =>
        {
            var gone = room.Rights.Grants.Select(grant => facts.People.Of(grant.Principal)).DistinctBy(person => person.Guid)
                .Where(person => person.Disabled == 0 && accounts.TryGetValue(person.Guid, out var account) && account.Disabled != 0)
                .Select(person => (Guid: person.Guid, Text: $"{DisplayNames.Of(person)} ({person.Uri}, {(accounts[person.Guid].Disabled == 2 ? "deleted" : "disabled")})"))
                .ToList();
            if (gone.Count == 0)
                return [];
            var noManager = room.Planned.Managers.Count > 0 && room.Planned.Managers.All(guid => planned.GetValueOrDefault(guid) != 0);
            var who = gone.Select(x => x.Text).Order(StringComparer.Ordinal).ToList();
            return [new Finding("GoneInNewPool", Severity.Warning, room.Room.Guid, room.Room.Name,
                $"Active in the old pool and not in the new one: {string.Join(", ", who.Take(5))}{(who.Count > 5 ? $" and {who.Count - 5} more" : "")}. Rights of {(who.Count == 1 ? "this account" : "these accounts")} do not work there until the new pool knows {(who.Count == 1 ? "it" : "them")} as active again.{(noManager ? " The room has no other manager: name one in the old tool and scan again, or confirm." : "")}",
                string.Join("; ", who.Take(200)))];
        };
    }
}
