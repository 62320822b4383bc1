using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P20: a running server does not see direct writes, or overwrites them (trap 53). Asked for at the start, where it is true or not.</summary>
internal sealed class P20Services : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) => facts.Request.NewProvider == SqlProvider.SqlServer
        ? [new Finding("P20", Severity.Info, null, "services")]
        : [];
}
