using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>Categories without rooms that stay behind although people want them, since the new pool would refuse their rows or those of their people.</summary>
internal sealed class EmptyCategoriesLeft : IPreflightRule
{
    private const int MostEvidence = 200;

    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var names = facts.LeftEmpty.Select(facts.Tree.CategoryPath).ToList();
        if (names.Count > 0)
            yield return new Finding("EmptyCategoriesLeft", Severity.Warning, null, "empty-categories", names.Count, NameList.Of(names)) { Evidence = NameList.Evidence(names, MostEvidence) };
    }
}
