using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P19: compliance records that were not processed vanish with the old pool; migrated messages are not replayed (trap 50).</summary>
internal sealed class P19ComplianceBacklog : IPreflightRule
{
    private const string Subject = "Compliance records";

    public IEnumerable<Finding> Check(PlanFacts facts) => facts.Request.Legacy.ComplianceBacklog switch
    {
        0 => [],
        { } count => [new Finding("P19", Severity.Warning, null, Subject,
            $"{count} compliance records of the old pool are not processed yet; have the compliance service finish them before the old pool is stopped.")],
        null => [new Finding("P19", Severity.Warning, null, Subject,
            "Whether compliance records wait to be processed cannot be seen from here: confirm that none do or that compliance is not in use, or configure Legacy:ComplianceConnectionString.")],
    };
}
