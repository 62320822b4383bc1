using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>The columns of mapping §2–§5. Columns that are always NULL in a migrated row are listed too, so that their hash says so.</summary>
internal static class TargetTables
{
    public static readonly TargetTable Principal = new("tblPrincipal", 1,
    [
        Int("prinID"), new("prinGuid", SqlType.Guid), Text("prinUri"), Text("prinName"), Text("prinDisplayName"), Text("prinCompanyName"), Text("prinEmail"),
        Text("prinADPath"), Text("prinADUserPrincipalName"), new("prinDisabled", SqlType.SmallInt), new("prinTypeID", SqlType.SmallInt), Int("prinPoolID"),
        Int("prinPolicyID"), Int("prinAddedBy"), Long("prinAddedOn"), Int("prinUpdatedBy"), Long("prinUpdatedOn"), Time("prinVerifiedOn"),
    ]);

    public static readonly TargetTable Meta = new("tblPrincipalMeta", 1,
    [
        Int("prinID"), Bit("prinAffiliationsDirty"), Bit("prinAttributesDirty"), Bit("prinDeleted"), Int("tryCount"), Time("lastTry"), Time("nextTry"),
    ]);

    public static readonly TargetTable AddIn = new("tblSiopWhiteList", 1, [new("siopID", SqlType.Guid), Text("siopName"), Text("siopUrl")]);

    public static readonly TargetTable Node = new("tblNode", 1,
    [
        Int("nodeID"), new("nodeGuid", SqlType.Guid), Int("parentID"), Bit("nodeType"), Text("nodeName"), Text("nodeDesc"), Bit("invite"), Bit("logged"),
        Bit("filePost"), Bit("disabled"), new("behavior", SqlType.SmallInt), new("visibility", SqlType.SmallInt), new("siopID", SqlType.Guid),
        Int("nodeAddedBy"), Long("nodeAddedOn"), Int("nodeUpdatedBy"), Long("nodeUpdatedOn"), Time("purgedOn"),
    ]);

    public static readonly TargetTable Role = new("tblPrincipalRole", 3,
        [Int("prinRoleNodeID"), Int("prinRolePrinID"), Int("prinRoleTypeID"), Int("prinRoleUpdatedBy")]);

    public static TargetTable Affiliation(SqlDialect dialect) => new("tblPrincipalAffiliations", 3,
        [Int("principalID"), Int(dialect.Quote("index")), Int("affiliationID"), Int("updatedBy")]);

    /// <param name="name">Whichever of the two spellings the database has (trap 51).</param>
    public static TargetTable Scope(string name) => new(name, 2,
        [Int("scopeNodeID"), Int("scopePrinID"), Bit("scopeIsDenied"), Int("scopeUpdatedBy")]);

    /// <param name="name">As in the ledger.</param>
    public static TargetTable Find(string name, SqlDialect dialect) => name switch
    {
        "tblPrincipal" => Principal,
        "tblPrincipalMeta" => Meta,
        "tblSiopWhiteList" => AddIn,
        "tblNode" => Node,
        "tblPrincipalRole" => Role,
        "tblPrincipalAffiliations" => Affiliation(dialect),
        _ => Scope(name),
    };

    private static SqlColumn Int(string name) => new(name, SqlType.Int);

    private static SqlColumn Long(string name) => new(name, SqlType.BigInt);

    private static SqlColumn Bit(string name) => new(name, SqlType.Bit);

    private static SqlColumn Text(string name) => new(name, SqlType.Text);

    private static SqlColumn Time(string name) => new(name, SqlType.DateTime);
}
