using MigrationPortal.Engine;
using MigrationPortal.Samples.ChatSchema;

namespace MigrationPortal.Bench;

/// <summary>A pool of 33 077 rooms in 800 nested categories beside one that has six in ten of them already, with people, rights and messages.</summary>
internal static class LargePools
{
    public const int Rooms = 33_077;
    private const int Categories = 800;
    private const int People = 8_000;

    public static async Task CreateAsync(BenchServer server)
    {
        await server.CreateEmptyAsync("bench_legacy", ChatSchemas.Ddl(ChatProduct.LyncGroupChat2010));
        await server.CreateEmptyAsync("bench_new", ChatSchemas.Ddl(ChatProduct.LyncPersistentChat2013));
        await server.CreateEmptyAsync("bench_portal", "select 1");
        await server.ExecuteAsync("bench_legacy", Legacy);
        await server.ExecuteAsync("bench_new", New);
        await server.ExecuteAsync("bench_legacy", "vacuum analyze");
        await server.ExecuteAsync("bench_new", "vacuum analyze");
    }

    // Node numbers: 1 root, then the categories, ten below each of the first eighty, then the rooms.
    private static readonly string Legacy = $"""
        insert into tblPrincipal values (1, md5('p1')::uuid, 'ma-grp:system', 'System', null, null, null, null, false, 4, 0, true, 1, 1, 1, 1, '2012-01-01');
        insert into tblPrincipal select i, md5('p' || i)::uuid, 'sip:u' || i || '@contoso.com', 'User ' || i, null, null, 'CN=u' || i || ',OU=Staff,DC=contoso,DC=com', null, false, 5, 0, true, 1, 1, 1, 1, '2012-01-01'
            from generate_series(2, {People}) i;
        insert into tblPrincipalAffiliations select i, i, -1, 1 from generate_series(2, {People}) i;
        insert into tblNode select i, md5('n' || i)::uuid, case when i <= {Categories / 10} then 1 when i <= {Categories} then 2 + i % {(Categories / 10) - 1} else 2 + (i * 7) % {Categories - 1} end, i <= {Categories},
            (array['Rates', 'Credit', 'Equities', 'Operations', 'Support', 'Research', 'Legal', 'Treasury'])[1 + i % 8] || ' ' || i, 'About ' || i, '', null, false, true, false, true, true, true, false, null, 4, 3, 1, 1, null, 1, 1, 1, 1
            from generate_series(1, {Categories + Rooms}) i;
        insert into tblScopePrincipal select 1, i, 1 from generate_series(2, {People}) i;
        insert into tblPrincipalRole select r, p, 1 + (p % 3 = 0)::int, 1, null, null from (
            select distinct r, 2 + (r * 31 + k * 977) % {People - 1} as p from generate_series({Categories + 1}, {Categories + Rooms}) r, generate_series(1, 5) k) x;
        insert into tblChat select r, i, 635000000000000000 + i * 36000000000, 2 + (i * 7 + r) % {People - 1}, false, 'Message ' || i
            from generate_series({Categories + 1}, {Categories + Rooms}) r, generate_series(1, 20) i;
        insert into tblLastChatId select r, 20 from generate_series({Categories + 1}, {Categories + Rooms}) r;
        """;

    /// <summary>Five more legacy rooms, whose 50 000 members are in no other and in no scope, which does not bind them. Their category is not in the new pool yet: the scope of one that is would keep them out.</summary>
    public const string CrowdedRooms = """
        insert into tblPrincipal select 100000 + i, md5('crowd' || i)::uuid, 'sip:crowd' || i || '@contoso.com', 'Crowd ' || i, null, null, 'CN=crowd' || i || ',OU=Mass,DC=contoso,DC=com', null, false, 5, 0, true, 1, 1, 1, 1, '2012-01-01'
            from generate_series(1, 50000) i;
        insert into tblNode select 900000 + r, md5('crowded' || r)::uuid, 100, false, 'Crowded ' || r, '', '', null, false, true, false, true, true, true, false, null, 4, 3, 1, 1, null, 1, 1, 1, 1 from generate_series(1, 5) r;
        insert into tblPrincipalRole select 900000 + r, 100000 + i, 1, 1, null, false from generate_series(1, 5) r, generate_series(1, 50000) i;
        """;

    private static readonly string New = $"""
        insert into tblNode select i + 100, md5('n' || i)::uuid, 1, i <= {Categories / 10}, 'Moved ' || i, 'About ' || i, true, true, true, false, 4, 3, null, 1, 1, 1, 1, null
            from generate_series(2, {Categories + Rooms}) i where i <= {Categories / 10} or i > {Categories} and i % 10 < 6;
        insert into tblChat select nodeID, i, 635000000000000000 + i * 36000000000, 1, false, 'Message ' || i, null from tblNode, generate_series(1, 20) i where nodeID > {Categories + 100};
        insert into tblLastChatId select nodeID, 20 from tblNode where nodeID > {Categories + 100};
        """;
}
