using System.Data.Common;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>The same statements for both generations: a column that is not there is read as NULL.</summary>
internal sealed class PoolTables(ChatSession session, ChatSchema schema, IProgress<ReadProgress>? progress)
{
    private const int RowsPerReport = 5000;

    public async Task<ChatPool> ReadAsync(CancellationToken cancellationToken)
    {
        var nodes = await ListAsync("Nodes", NodesSql(), Node, cancellationToken);
        var principals = await ListAsync("Principals", PrincipalsSql(), Principal, cancellationToken);
        var affiliations = schema.Catalog.Has("tblPrincipalAffiliations")
            ? await ListAsync("Affiliations", AffiliationsSql(),
                row => new ChatAffiliation(row.Int(0), row.Int(1), row.Int(2)), cancellationToken)
            : [];
        var roles = await ListAsync("Roles", RolesSql(),
            row => new ChatRole(row.Int(0), row.Int(1), schema.Lookups.Roles[row.Int(2)], row.BoolOrNull(3), row.BoolOrNull(4)),
            cancellationToken);
        var scopes = await ListAsync("Scopes", ScopesSql(),
            row => new ChatScope(row.Int(0), row.Int(1), row.BoolOrNull(2) ?? false), cancellationToken);
        var addIns = !schema.Catalog.Has("tblSiopWhiteList") ? [] : await ListAsync("AddIns", "select siopID, siopName, siopUrl from tblSiopWhiteList order by siopID",
            row => new ChatAddIn(row.GetGuid(0), row.GetString(1), row.GetString(2)), cancellationToken);
        var messages = await new MessageTotals(session, progress).ReadAsync(nodes, cancellationToken);
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
        };
    }

    private string Column(string table, string column, string? alias = null) =>
        schema.Catalog.Has(table, column) ? (alias is null ? column : $"{alias}.{column}") : "null";

    private string Columns(string table, params string[] columns) => string.Join(", ", columns.Select(x => Column(table, x)));

    private string NodesSql() =>
        $"""
        select {Columns("tblNode", "nodeID", "nodeGuid", "parentID", "nodeType", "nodeName", "nodeDesc", "topic", "invite", "logged", "filePost", "disabled",
            "behavior", "visibility", "siopID", "nodeAddedBy", "nodeAddedOn", "nodeUpdatedBy", "nodeUpdatedOn", "purgedOn", "inheritance", "overrideMember",
            "restrictChildCreate", "scopeDefinerId", "roleDefinerId")}
        from tblNode order by nodeID
        """;

    private ChatNode Node(DbDataReader row) => new()
    {
        NodeId = row.Int(0),
        Guid = row.GetGuid(1),
        ParentId = row.IntOrNull(2),
        IsCategory = row.Bool(3),
        Name = row.GetString(4),
        Description = row.TextOrNull(5) ?? "",
        Topic = row.TextOrNull(6),
        Invite = row.BoolOrNull(7),
        Logged = row.BoolOrNull(8),
        FilePost = row.BoolOrNull(9),
        Disabled = row.BoolOrNull(10) ?? false,
        Behavior = row.IsDBNull(11) ? "normal" : schema.Lookups.BehaviorOf(row.Int(11)),
        Visibility = row.IsDBNull(12) ? null : schema.Lookups.VisibilityOf(row.Int(12)),
        AddInId = row.IsDBNull(13) ? null : row.GetGuid(13),
        AddedBy = row.IntOrNull(14) ?? 0,
        AddedOn = row.LongOrNull(15) ?? 0,
        UpdatedBy = row.IntOrNull(16) ?? 0,
        UpdatedOn = row.LongOrNull(17) ?? 0,
        PurgedOn = row.TimeOrNull(18),
        Inheritance = row.BoolOrNull(19) ?? false,
        OverrideMember = row.BoolOrNull(20) ?? false,
        RestrictChildCreate = row.BoolOrNull(21),
        ScopeDefinerId = row.IntOrNull(22),
        RoleDefinerId = row.IntOrNull(23),
    };

    private string PrincipalsSql() =>
        $"""
        select {Columns("tblPrincipal", "prinID", "prinGuid", "prinUri", "prinName", "prinDisplayName", "prinCompanyName", "prinEmail", "prinADPath",
            "prinADUserPrincipalName", "prinDisabled", "prinTypeID", "prinAllowedPermSet", "prinAddedOn", "prinUpdatedOn", "prinVerifiedOn")}
        from tblPrincipal order by prinID
        """;

    private ChatPrincipal Principal(DbDataReader row) => new()
    {
        PrincipalId = row.Int(0),
        Guid = row.GetGuid(1),
        Uri = row.GetString(2),
        Name = row.TextOrNull(3),
        DisplayName = row.TextOrNull(4),
        CompanyName = row.TextOrNull(5),
        Email = row.TextOrNull(6),
        DirectoryPath = row.TextOrNull(7),
        UserPrincipalName = row.TextOrNull(8),
        // Legacy: bit. Persistent Chat: smallint (trap 29).
        Disabled = row.GetValue(9) switch { bool bit => bit ? (short)1 : (short)0, short number => number, DBNull => (short)0, var other => Convert.ToInt16(other, null) },
        Type = schema.Lookups.PrincipalTypes[row.Int(10)],
        AllowedPermissions = row.LongOrNull(11) ?? 0,
        AddedOn = row.LongOrNull(12) ?? 0,
        UpdatedOn = row.LongOrNull(13) ?? 0,
        VerifiedOn = row.TimeOrNull(14) ?? default,
    };

    private string AffiliationsSql() =>
        $"select principalID, affiliationID, {session.Dialect.Quote("index")} from tblPrincipalAffiliations order by principalID, {session.Dialect.Quote("index")}, affiliationID";

    // A role row's own value comes first, else its role type's, else there is none.
    private string RolesSql() =>
        $"""
        select r.prinRoleNodeID, r.prinRolePrinID, r.prinRoleTypeID,
            {RoleFlag("honorsOverride")}, {RoleFlag("honorsScope")}
        from tblPrincipalRole r join tblRoleType t on t.rtypeID = r.prinRoleTypeID
        order by r.prinRoleNodeID, r.prinRolePrinID, r.prinRoleTypeID
        """;

    private string RoleFlag(string name) => (Column("tblPrincipalRole", name, "r"), Column("tblRoleType", name, "t")) switch
    {
        ("null", "null") => "null",
        ("null", var type) => type,
        (var row, "null") => row,
        var (row, type) => $"coalesce({row}, {type})",
    };

    private string ScopesSql() =>
        $"select scopeNodeID, scopePrinID, {Column(schema.Catalog.ScopeTable, "scopeIsDenied")} from {schema.Catalog.ScopeTable} order by scopeNodeID, scopePrinID";

    private async Task<List<T>> ListAsync<T>(string phase, string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await foreach (var row in ChatSession.StreamAsync(session.Command(sql), read, cancellationToken))
        {
            rows.Add(row);
            if (rows.Count % RowsPerReport == 0) progress?.Report(new ReadProgress(phase, rows.Count, null));
        }
        progress?.Report(new ReadProgress(phase, rows.Count, rows.Count));
        return rows;
    }
}
