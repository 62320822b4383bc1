using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P24: a manager whose display name somebody else bears cannot edit rooms (trap 34). Only people the pools know can be compared.</summary>
internal sealed class P24EqualNames : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var managers = facts.Plan.Rooms.SelectMany(room => room.Managers).Concat(facts.Plan.Categories.SelectMany(c => c.Creators)).ToHashSet();
        if (managers.Count == 0)
            return [];
        return
            from person in facts.Request.Legacy.Principals.Concat(facts.Request.New.Principals)
            where person.Type == PrincipalType.User && person.Disabled == 0
            group person.Guid by facts.Request.NameKey(DisplayNames.Of(person)) into same
            let guids = same.Distinct().ToList()
            where guids.Count > 1 && guids.Exists(managers.Contains)
            let name = DisplayNames.Of(facts.Request.Legacy.Principals.Concat(facts.Request.New.Principals).First(p => guids.Contains(p.Guid)))
            select new Finding("P24", Severity.Warning, null, name, guids.Count, name);
    }
}
