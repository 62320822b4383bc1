using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P19: compliance records that were not processed vanish with the old pool; migrated messages are not replayed (trap 50).</summary>
internal sealed class P19ComplianceBacklog : IPreflightRule
{
    private const string Subject = "compliance-records";

    public IEnumerable<Finding> Check(PlanFacts facts) => facts.Request.Legacy.ComplianceBacklog switch
    {
        0 => [],
        { } count => [new Finding("P19", Severity.Warning, null, Subject, count)],
        null => [new Finding("P19.unknown", Severity.Warning, null, Subject)],
    };
}
