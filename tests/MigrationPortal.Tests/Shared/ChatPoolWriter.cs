using MigrationPortal.Engine;
using Npgsql;

namespace MigrationPortal.Tests.Shared;

/// <summary>Writes a model into an empty legacy chat database, row by row: small pools only.</summary>
internal static class ChatPoolWriter
{
    public static Task WriteLegacyAsync(this TestDatabase database, ChatPool pool) => database.WriteAsync(connection => WriteLegacyAsync(connection, pool));

    private static async Task WriteLegacyAsync(NpgsqlConnection connection, ChatPool pool)
    {
        foreach (var a in pool.AddIns)
            await RunAsync(connection, "insert into tblSiopWhiteList values ($1, $2, $3)", a.Id, a.Name, a.Url);
        foreach (var p in pool.Principals)
        {
            await RunAsync(connection,
                """
                insert into tblPrincipal select $1, $2, $3, $4, null, $5, $6, null, $7, ptypeID, 0, true, 1, $9, 1, $10, '2020-01-01'
                from tblPrincipalType where ptypeDesc = $8
                """,
                p.PrincipalId, p.Guid, p.Uri, p.Name, p.Email, p.DirectoryPath, p.Disabled != 0, p.Type == PrincipalType.DomainContainer ? "DC" : p.Type.ToString(), p.AddedOn, p.UpdatedOn);
            await RunAsync(connection, "insert into tblPrincipalAffiliations values ($1, $1, -1, 1)", p.PrincipalId);
        }

        foreach (var a in pool.Affiliations)
            await RunAsync(connection, "insert into tblPrincipalAffiliations values ($1, $2, $3, 1)", a.PrincipalId, a.AffiliationId, a.Index);
        foreach (var n in pool.Nodes)
            await WriteNodeAsync(connection, n);
        foreach (var s in pool.Scopes)
            await RunAsync(connection, "insert into tblScopePrincipal values ($1, $2, 1)", s.NodeId, s.PrincipalId);
        foreach (var r in pool.Roles)
        {
            await RunAsync(connection,
                "insert into tblPrincipalRole select $1, $2, rtypeID, 1, $3, $4 from tblRoleType where rtypeDesc = $5",
                r.NodeId, r.PrincipalId, r.HonorsOverride, r.HonorsScope, r.Type.ToString());
        }

        foreach (var m in pool.Messages)
            await WriteMessagesAsync(connection, m);
    }

    private static Task WriteNodeAsync(NpgsqlConnection connection, ChatNode n) => RunAsync(connection,
        """
        insert into tblNode select $1, $2, $3, $4, $5, $6, coalesce($7, ''), null, $8, true, $9, $10, $11, $12, $13, $14,
          (select valueID from tblEnumValue where attributeValue = $15), (select valueID from tblEnumValue where attributeValue = $16),
          $17, $18, $19, $20, $21, $22, $23
        """,
        n.NodeId, n.Guid, n.ParentId, n.IsCategory, n.Name, n.Description, n.Topic, n.Inheritance, n.OverrideMember, n.Invite, n.Logged, n.FilePost,
        n.Disabled, n.RestrictChildCreate, n.Behavior, n.Visibility, n.ScopeDefinerId ?? 1, n.RoleDefinerId ?? 1, n.AddInId,
        n.AddedBy, n.AddedOn, n.UpdatedBy, n.UpdatedOn);

    // chatIds run from 1, a second apart, authors in turn.
    private static async Task WriteMessagesAsync(NpgsqlConnection connection, MessageSummary m)
    {
        await RunAsync(connection,
            """
            insert into tblChat select $1, g, 637000000000000000 + g * 10000000, ($3::int[])[1 + (g - 1) % cardinality($3::int[])], g % 7 = 0, 'message ' || g
            from generate_series(1, $2::bigint) g
            """,
            m.NodeId, m.Count, m.Authors.ToArray());
        await RunAsync(connection, "insert into tblLastChatId values ($1, $2)", m.NodeId, m.LastChatId ?? m.Count);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, params object?[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(Parameter(value));
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlParameter Parameter(object? value) => value is null
        ? new NpgsqlParameter { Value = DBNull.Value }
        : new NpgsqlParameter { Value = value };
}
