using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>A category that is reused is never changed; where it differs from the plan, people are told.</summary>
internal sealed class CategoryDrift : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var present = facts.Request.New.Nodes.Where(n => n.IsCategory).ToDictionary(n => n.Guid);
        var scopes = new PresentScopes(facts.Request.New);
        foreach (var category in facts.Plan.Categories.Where(c => c.Action == PlannedAction.Reuse))
        {
            var node = present[category.Guid];
            var differences = new List<Wording>();
            if (node.Name != category.Name)
                differences.Add(new("Change.Name", category.Name, node.Name));
            AddFlag(differences, "Setting.Invitations", category.Invite, node.Invite);
            AddFlag(differences, "Setting.History", category.Logged, node.Logged);
            AddFlag(differences, "Setting.Uploads", category.FilePost, node.FilePost);
            if (!scopes.Of(node).Matches(category.Scope))
                differences.Add(new("Setting.Scope"));
            if (differences.Count > 0)
                yield return new Finding("CategoryDrift", Severity.Warning, null, category.Name) { Evidence = NameList.Evidence(differences, differences.Count) };
        }
    }

    private static void AddFlag(List<Wording> differences, string setting, bool planned, bool? found)
    {
        if (planned != found)
            differences.Add(new(found is null ? "Change.Unset" : planned ? "Change.On" : "Change.Off", new Wording(setting)));
    }
}
