using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

public sealed record PlanResult(MigrationPlan Plan, IReadOnlyList<Finding> Findings);

/// <summary>A plan with its checks and its fingerprint, which covers what the checks found.</summary>
public static class CheckedPlan
{
    extension(Planner)
    {
        public static PlanResult Plan(PlanRequest request)
        {
            var facts = Planner.Compute(request);
            facts = facts with { RightChanges = RightChanges.Of(facts) };
            facts = facts with { Plan = facts.Plan with { RightChanges = facts.RightChanges } };
            var findings = PreflightRules.Check(facts);
            var plan = facts.Plan with
            {
                Fingerprint = Fingerprint.Of(request, facts.Plan, findings),
                Warnings = [.. findings.Where(x => x.Severity == Severity.Warning)],
            };
            return new PlanResult(plan, findings);
        }
    }
}
