using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>Compliance records may stand in a database of their own (mgccomp); there, only their number is of interest.</summary>
public static class ComplianceReader
{
    /// <summary>Null when the database has no compliance records to hold.</summary>
    public static async Task<Outcome<long?>> CountAsync(ChatDatabase database, CancellationToken cancellationToken)
    {
        var dialect = SqlDialect.For(database.Provider);
        var opened = await dialect.OpenForReadingAsync(database, cancellationToken);
        if (!opened.IsDone) return opened.Refusal;
        await using var session = opened.Value;
        return await dialect.GuardAsync<long?>(database, async () =>
        {
            var columns = await dialect.ReadCatalogAsync(session, cancellationToken);
            return columns.Any(x => session.Tables.DocumentedOf(x.Table).Equals("tblComplianceData", StringComparison.OrdinalIgnoreCase))
                ? await ChatSession.ScalarAsync<long>(session.Command($"select {dialect.Count()} from tblComplianceData"), cancellationToken)
                : (long?)null;
        }, cancellationToken);
    }
}
