using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>Compliance records may stand in a database of their own (mgccomp); there, only their number is of interest.</summary>
public static class ComplianceReader
{
    /// <summary>Null when the database has no compliance records to hold.</summary>
    public static async Task<Outcome<long?>> CountAsync(ChatDatabase database, CancellationToken cancellationToken)
    {
        return await SqlDialect.ReadAsync<long?>(database, async session =>
        {
            var columns = await session.Dialect.ReadCatalogAsync(session, cancellationToken);
            return columns.Any(x => session.Tables.DocumentedOf(x.Table).Equals("tblComplianceData", StringComparison.OrdinalIgnoreCase))
                ? await ChatSession.ScalarAsync<long>(session.Command($"select {session.Dialect.Count()} from tblComplianceData"), cancellationToken)
                : (long?)null;
        }, cancellationToken);
    }
}
