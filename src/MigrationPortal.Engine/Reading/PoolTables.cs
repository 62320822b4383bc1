using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>The same statements for both generations: a column that is not there is read as NULL, and a row that is not as it should be is reported.</summary>
internal sealed class PoolTables(ChatSession session, ChatSchema schema, IProgress<ReadProgress>? progress)
{
    private const int RowsPerReport = 5000;

    private readonly RowFaults _faults = new();

    public async Task<ChatPool> ReadAsync(CancellationToken cancellationToken)
    {
        var columns = new ReadColumns(schema.Catalog, session.Dialect);
        var nodes = await ListAsync("Nodes", columns.NodesSql, columns.Nodes, new NodeRows(schema.Lookups, _faults).Read, cancellationToken);
        var principals = await ListAsync("Principals", columns.PrincipalsSql, columns.Principals, new PrincipalRows(schema.Lookups, session.Database.IsLegacy).Read, cancellationToken);
        var affiliations = schema.Catalog.Has("tblPrincipalAffiliations")
            ? await ListAsync("Affiliations", columns.AffiliationsSql, columns.Affiliations, RightRows.Affiliation, cancellationToken)
            : [];
        var roles = await ListValuesAsync("Roles", columns.RolesSql, columns.Roles, new RightRows(schema.Lookups).Role, cancellationToken);
        var scopes = await ListValuesAsync("Scopes", columns.ScopesSql, columns.Scopes, new RightRows(schema.Lookups).Scope, cancellationToken);
        var addIns = schema.Catalog.Has("tblSiopWhiteList") ? await ListAsync("AddIns", ReadColumns.AddInsSql, ReadColumns.AddIns, new RightRows(schema.Lookups).AddIn, cancellationToken) : [];
        var messages = await new MessageTotals(session, schema.Catalog, _faults, progress).ReadAsync(nodes, cancellationToken);
        if (!session.Database.IsLegacy) await TargetLimits.CheckAsync(session, schema, _faults, cancellationToken);
        return new ChatPool
        {
            Nodes = nodes,
            Principals = principals,
            Affiliations = affiliations,
            Roles = roles,
            Scopes = scopes,
            AddIns = addIns,
            Messages = messages.Summaries,
            StrayMessageCount = messages.StrayCount,
            ComplianceBacklog = schema.Catalog.Has("tblComplianceData")
                ? await ChatSession.ScalarAsync<long>(session.Command($"select {session.Dialect.Count()} from tblComplianceData"), cancellationToken)
                : null,
            Faults = _faults.List(),
            Widths = schema.Catalog.ListWidths(),
        };
    }

    private Task<List<T>> ListAsync<T>(string phase, string sql, RowShape shape, Func<ChatRow, T?> read, CancellationToken cancellationToken) where T : class =>
        CollectAsync<T>(phase, sql, shape, (row, rows) => { if (read(row) is { } usable) rows.Add(usable); }, cancellationToken);

    private Task<List<T>> ListValuesAsync<T>(string phase, string sql, RowShape shape, Func<ChatRow, T?> read, CancellationToken cancellationToken) where T : struct =>
        CollectAsync<T>(phase, sql, shape, (row, rows) => { if (read(row) is { } usable) rows.Add(usable); }, cancellationToken);

    private async Task<List<T>> CollectAsync<T>(string phase, string sql, RowShape shape, Action<ChatRow, List<T>> take, CancellationToken cancellationToken)
    {
        var (rows, read) = (new List<T>(), 0);
        await foreach (var _ in ChatSession.StreamAsync(session.Command(sql), row => { take(new ChatRow(row, shape, _faults), rows); return true; }, cancellationToken))
            if (++read % RowsPerReport == 0) progress?.Report(new ReadProgress(phase, read, null));
        progress?.Report(new ReadProgress(phase, rows.Count, rows.Count));
        return rows;
    }
}
