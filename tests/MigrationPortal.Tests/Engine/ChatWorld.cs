using System.Text;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Tests.Shared.Servers;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Engine;

/// <summary>Two small chat databases with what real ones hold: nesting, purges, federated and doubled people, and a new pool in use.</summary>
internal sealed class ChatWorld : IAsyncDisposable
{
    public const string General = "00000000-0000-0000-0000-00000000000a";
    public const string Deep = "00000000-0000-0000-0000-00000000000b";
    public const string Hall = "00000000-0000-0000-0000-00000000000c";
    public const string Secret = "00000000-0000-0000-0000-00000000000d";
    public const string Empty = "00000000-0000-0000-0000-00000000000e";
    public const string Purged = "00000000-0000-0000-0000-00000000000f";

    private const string LegacySql = """
        insert into tblPrincipal select id, guid::uuid, uri, name, null, null, path, null, disabled, type, 0, true, 1, 634000000000000000 + id, 1, 634100000000000000 + id, '2012-05-06 07:08:09'
        from (values
            (1, '10000000-0000-0000-0000-000000000001', 'ma-grp:system', 'System', null, false, 4),
            (2, '10000000-0000-0000-0000-000000000002', 'sip:ann@contoso.com', 'Ann Ärmel', 'CN=Ann,OU=Staff,DC=contoso,DC=com', false, 5),
            (3, '10000000-0000-0000-0000-000000000003', 'sip:bob@contoso.com', 'Bob', 'CN=Bob,OU=Staff,DC=contoso,DC=com', false, 5),
            (4, '10000000-0000-0000-0000-000000000004', 'ma-grp:staff', 'Staff', 'OU=Staff,DC=contoso,DC=com', false, 10),
            (5, '10000000-0000-0000-0000-000000000005', 'sip:fred@fabrikam.com', 'Fred', null, false, 7),
            (6, '10000000-0000-0000-0000-000000000006', 'sip:dan@contoso.com', 'Dan', 'CN=Dan,OU=Staff,DC=contoso,DC=com', true, 5),
            (7, '10000000-0000-0000-0000-000000000003', 'sip:bob.old@contoso.com', 'Bob (old)', 'CN=Bob,OU=Staff,DC=contoso,DC=com', false, 5)
        ) as p (id, guid, uri, name, path, disabled, type);
        insert into tblPrincipalAffiliations values (2, 2, -1, 1), (3, 3, -1, 1), (4, 4, -1, 1), (2, 4, 1, 1), (3, 4, 1, 1);
        insert into tblSiopWhiteList values ('20000000-0000-0000-0000-000000000001', 'Weather', 'https://weather.contoso.com/');
        insert into tblNode select id, guid::uuid, parent, category, name, 'About ' || name, '', null, false, true, false, invite, logged, logged, false, null,
            behavior, visibility, 1, 1, addin::uuid, 2, 634200000000000000 + id, 3, 634300000000000000 + id
        from (values
            (1, '30000000-0000-0000-0000-000000000001', 1, true, 'root', true, true, 4, 3, null),
            (2, '30000000-0000-0000-0000-000000000002', 1, true, 'Trading', true, null, 4, null, null),
            (3, '30000000-0000-0000-0000-000000000003', 2, true, 'Desks', null, null, 4, null, null),
            (10, '00000000-0000-0000-0000-00000000000a', 2, false, 'General', null, null, 4, 3, '20000000-0000-0000-0000-000000000001'),
            (11, '00000000-0000-0000-0000-00000000000b', 3, false, 'Deep ', false, null, 4, null, null),
            (12, '00000000-0000-0000-0000-00000000000c', 2, false, 'Hall', null, null, 5, 3, null),
            (13, '00000000-0000-0000-0000-00000000000d', 2, false, 'Secret', null, null, 4, 2, null),
            (14, '00000000-0000-0000-0000-00000000000e', 2, false, 'Empty', null, null, 4, 3, null),
            (15, '00000000-0000-0000-0000-00000000000f', 2, false, 'Purged', null, null, 4, 3, null)
        ) as n (id, guid, parent, category, name, invite, logged, behavior, visibility, addin);
        insert into tblScopePrincipal values (1, 4, 1);
        insert into tblPrincipalRole values (1, 2, 2, 1, null, null), (10, 3, 1, 1, null, null), (12, 3, 1, 1, null, null), (12, 3, 3, 1, null, null), (13, 6, 1, 1, null, null);
        insert into tblChat select 10, i, 635000000000000000 + i::bigint * 10000000, 2 + i % 6, i % 7 = 0, repeat('Grüße 🌍 ', i % 5) || i from generate_series(1, 300) i;
        insert into tblChat select 11, i * 3, 635000000000000000 - i, 3, false, 'Line' || chr(10) || i from generate_series(0, 40) i;
        insert into tblChat values (12, 0, 635000000000000001, 2, true, ''), (12, 7, 635000000000000002, 3, false, '<script>alert(1)</script>');
        insert into tblChat select 13, i, 635000000000000000 + i, 6, false, 's' || i from generate_series(51, 60) i;
        insert into tblChat values (99, 1, 635000000000000000, 2, false, 'stray');
        insert into tblLastChatId values (10, 300), (11, 120), (12, 7), (13, 75), (15, 50);
        """;

    private const string NewSql = """
        insert into tblPrincipal values
            (40, '10000000-0000-0000-0000-000000000002', 'sip:ann@contoso.com', 'Ann', 'Ann A.', null, null, 'CN=Ann,OU=Staff,DC=contoso,DC=com', null, 0, 5, null, null, 1, 1, 1, 1, '2013-02-03'),
            (41, '10000000-0000-0000-0000-0000000000ff', 'sip:zoe@contoso.com', 'Zoe', 'Zoe', null, null, null, null, 0, 5, null, null, 1, 1, 1, 1, '2013-02-03');
        insert into tblPrincipalAffiliations values (40, 40, -1, 1), (41, 41, -1, 1);
        insert into tblNode values
            (20, '40000000-0000-0000-0000-000000000001', 1, true, 'Pilot', '', true, true, true, false, 4, 3, null, 1, 1, 1, 1, null),
            (21, '40000000-0000-0000-0000-000000000002', 20, false, 'Pilot room', '', null, null, null, false, 4, 6, null, 1, 1, 1, 1, null);
        insert into tblChat select 21, i, 635500000000000000 + i, 41, false, 'pilot ' || i, '{\rtf}' from generate_series(1, 25) i;
        insert into tblChat values (57, 1, 1, 41, false, 'left over', null);
        insert into tblLastChatId values (21, 25);
        """;

    private ChatWorld(TestDatabase legacy, TestDatabase target) => (LegacyDatabase, NewDatabase) = (legacy, target);

    public TestDatabase LegacyDatabase { get; }

    public TestDatabase NewDatabase { get; }

    public ChatDatabase Legacy => LegacyDatabase.AsChat(ChatProduct.LyncGroupChat2010);

    public ChatDatabase New => NewDatabase.AsChat(ChatProduct.LyncPersistentChat2013);

    /// <param name="server">Null is wherever the suite runs.</param>
    public static async Task<ChatWorld> CreateAsync(ServerKind? server = null)
    {
        var world = new ChatWorld(await TestDatabase.CreateLegacyAsync(server), await TestDatabase.CreateNewAsync(server));
        await world.LegacyDatabase.ExecuteAsync(LegacySql);
        await world.NewDatabase.ExecuteAsync(NewSql);
        return world;
    }

    /// <summary>A plan for every room of the legacy pool.</summary>
    public async Task<MigrationPlan> PlanAsync(PlanOptions? options = null)
    {
        var legacy = Done(await ChatPoolReader.ReadAsync(Legacy, null, CancellationToken.None));
        var target = Done(await ChatPoolReader.ReadAsync(New, null, CancellationToken.None));
        var rooms = legacy.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet();
        return Planner.Plan(
            new PlanRequest(legacy, target, rooms, options ?? new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()) { NewProvider = New.Provider }).Plan;
    }

    public static T Done<T>(Outcome<T> outcome)
    {
        Assert.Null(outcome.Refusal);
        return outcome.Value!;
    }

    /// <summary>Every row of every table as text, hashed per table: equal only when the databases are, byte for byte.</summary>
    public static async Task<string> HashAsync(TestDatabase database, string where = "true")
    {
        await using var connection = await database.OpenAsync();
        await using var list = connection.CreateCommand();
        list.CommandText = "select relname from pg_class where relkind = 'r' and relname like 'tbl%' and relnamespace = 'public'::regnamespace order by 1";
        var tables = new List<string>();
        await using (var reader = await list.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        var all = new StringBuilder();
        foreach (var table in tables)
        {
            await using var hash = connection.CreateCommand();
            hash.CommandText = $"select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') from {table} t where {where}";
            all.Append(table).Append(' ').AppendLine((string)(await hash.ExecuteScalarAsync())!);
        }
        return all.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await LegacyDatabase.DisposeAsync();
        await NewDatabase.DisposeAsync();
    }
}
