using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>What every row that is written hangs on: the new pool's own root and its system user.</summary>
internal sealed class NewPoolIncomplete : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        if (LegacyTree.FindRoot(facts.Request.New.Nodes) is null)
            yield return Found("Root category", "has no root category that one can tell (tblNode: a category that is its own parent, or the only one without a parent)");
        if (!facts.Request.New.Principals.Any(person => person.Type == PrincipalType.SystemUser))
            yield return Found("System user", "has no system user (tblPrincipal, type SystemUser)");
    }

    private static Finding Found(string subject, string what) =>
        new("NewPoolIncomplete", Severity.Blocker, null, subject, $"The new pool {what}: let its setup complete, then scan again.");
}
