using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P21: both databases are backed up before anything is written. Asked for at the start, with the run that needs it.</summary>
internal sealed class P21Backup : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) => facts.Request.NewProvider == SqlProvider.SqlServer
        ? [new Finding("P21", Severity.Info, null, "backup")]
        : [];
}
