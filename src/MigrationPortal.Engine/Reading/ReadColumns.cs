using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>Which columns are read of each table, in which order, as far as one database has them.</summary>
internal sealed class ReadColumns(ChatCatalog catalog, SqlDialect dialect)
{
    public const string AddInsSql = "select siopID, siopName, siopUrl from tblSiopWhiteList order by siopID";

    public static readonly RowShape AddIns = new("tblSiopWhiteList", ["siopID", "siopName", "siopUrl"], 1);

    public RowShape Nodes { get; } = new("tblNode", Of(catalog, "tblNode",
        "nodeID", "nodeGuid", "parentID", "nodeType", "nodeName", "nodeDesc", "topic", "invite", "logged", "filePost", "disabled",
        "behavior", "visibility", "siopID", "nodeAddedBy", "nodeAddedOn", "nodeUpdatedBy", "nodeUpdatedOn", "purgedOn", "inheritance", "overrideMember",
        "restrictChildCreate", "scopeDefinerId", "roleDefinerId"), 1, NodeColumn: 0);

    public RowShape Principals { get; } = new("tblPrincipal", Of(catalog, "tblPrincipal",
        "prinID", "prinGuid", "prinUri", "prinName", "prinDisplayName", "prinCompanyName", "prinEmail", "prinADPath",
        "prinADUserPrincipalName", "prinDisabled", "prinTypeID", "prinAllowedPermSet", "prinAddedOn", "prinUpdatedOn", "prinVerifiedOn"), 1, PrincipalColumn: 0);

    public RowShape Affiliations { get; } = new("tblPrincipalAffiliations", ["principalID", "affiliationID", "index"], 3);

    public RowShape Roles { get; } = new("tblPrincipalRole", ["prinRoleNodeID", "prinRolePrinID", "prinRoleTypeID", "honorsOverride", "honorsScope"], 3, NodeColumn: 0);

    public RowShape Scopes { get; } = new(catalog.ScopeTable, ["scopeNodeID", "scopePrinID", .. Of(catalog, catalog.ScopeTable, "scopeIsDenied")], 2, NodeColumn: 0);

    public string NodesSql => $"select {Columns(Nodes)} from tblNode order by nodeID";

    public string PrincipalsSql => $"select {Columns(Principals)} from tblPrincipal order by prinID";

    public string AffiliationsSql =>
        $"select principalID, affiliationID, {dialect.Quote("index")} from tblPrincipalAffiliations order by principalID, {dialect.Quote("index")}, affiliationID";

    // A role row's own value comes first, else its role type's, else there is none.
    public string RolesSql =>
        $"""
        select r.prinRoleNodeID, r.prinRolePrinID, r.prinRoleTypeID,
            {RoleFlag("honorsOverride")}, {RoleFlag("honorsScope")}
        from tblPrincipalRole r left join tblRoleType t on t.rtypeID = r.prinRoleTypeID
        order by r.prinRoleNodeID, r.prinRolePrinID, r.prinRoleTypeID
        """;

    public string ScopesSql => $"select {Columns(Scopes)} from {catalog.ScopeTable} order by scopeNodeID, scopePrinID";

    private static string?[] Of(ChatCatalog catalog, string table, params string[] columns) => [.. columns.Select(x => catalog.Has(table, x) ? x : null)];

    private static string Columns(RowShape shape) => string.Join(", ", shape.Columns.Select(x => x ?? "null"));

    private string RoleFlag(string name) => (catalog.Has("tblPrincipalRole", name), catalog.Has("tblRoleType", name)) switch
    {
        (false, false) => "null",
        (false, true) => $"t.{name}",
        (true, false) => $"r.{name}",
        (true, true) => $"coalesce(r.{name}, t.{name})",
    };
}
