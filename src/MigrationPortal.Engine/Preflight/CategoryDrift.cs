using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>A category that is reused is never changed; where it differs from the plan, people are told.</summary>
internal sealed class CategoryDrift : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var present = facts.Request.New.Nodes.Where(n => n.IsCategory).ToDictionary(n => n.Guid);
        var scopes = facts.Request.New.Scopes.ToLookup(s => s.NodeId);
        var guids = facts.Request.New.Principals.ToDictionary(p => p.PrincipalId, p => p.Guid);
        foreach (var category in facts.Plan.Categories.Where(c => c.Action == PlannedAction.Reuse))
        {
            var node = present[category.Guid];
            var differences = new List<string>();
            if (node.Name != category.Name)
                differences.Add($"name “{category.Name}” → “{node.Name}”");
            AddFlag(differences, "invitations", category.Invite, node.Invite);
            AddFlag(differences, "history", category.Logged, node.Logged);
            AddFlag(differences, "uploads", category.FilePost, node.FilePost);
            if (!scopes[node.NodeId].Where(s => !s.IsDenied).Select(s => guids.GetValueOrDefault(s.PrincipalId)).Order().SequenceEqual(category.Scope)
                || scopes[node.NodeId].Any(s => s.IsDenied))
                differences.Add("allowed members");
            if (differences.Count > 0)
                yield return new Finding("CategoryDrift", Severity.Warning, null, category.Name,
                    "The category exists and was changed since; it stays as it is.", string.Join("; ", differences));
        }
    }

    private static void AddFlag(List<string> differences, string what, bool planned, bool? found)
    {
        if (planned != found)
            differences.Add($"{what} {(planned ? "on" : "off")} → {(found == true ? "on" : "off")}");
    }
}
