using System.Globalization;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Tests.Shared;
using Npgsql;

namespace MigrationPortal.Tests.Engine.Properties;

/// <summary>Every row of a chat database as text, to see what a run added and that it changed nothing else.</summary>
internal static class NewPoolRows
{
    /// <summary>A new pool in use: people, a category and a room of its own.</summary>
    public static Task FillAsync(TestDatabase database, Random random) => database.ExecuteAsync($"""
        insert into tblPrincipal select 100 + i, gen_random_uuid(), 'sip:there' || i || '@contoso.com', 'there' || i, 'There ' || i, null, null, null, null, 0, 5, null, null, 1, 1, 1, 1, '2013-02-03'
        from generate_series(1, {random.Next(1, 4).ToString(CultureInfo.InvariantCulture)}) i;
        insert into tblNode values
            (200, gen_random_uuid(), 1, true, 'Theirs', '', true, true, true, false, 4, 3, null, 1, 1, 1, 1, null),
            (201, gen_random_uuid(), 200, false, 'Their room', '', null, null, null, false, 4, 3, null, 1, 1, 1, 1, null);
        insert into tblScopePrincipal values (200, 101, false, 1);
        insert into tblPrincipalRole values (201, 101, 4, 1);
        insert into tblChat select 201, i, 635500000000000000 + i, 101, false, 'there ' || i, null from generate_series(1, 5) i;
        insert into tblLastChatId values (201, 5);
        insert into tblPrincipalAffiliations values (101, 101, -1, 1);
        insert into tblPrincipalMeta values (101, true, true, false, 0, null, null);
        insert into tblPrincipalInvites values (101, 1, 201, '2013-02-03');
        insert into tblSiopWhiteList values (gen_random_uuid(), 'Theirs', 'https://theirs.contoso.com/');
        insert into tblAdminLock values ('2013-02-03', 1, 1);
        """);

    public static async Task<SortedDictionary<string, List<string>>> ListAsync(TestDatabase database)
    {
        await using var connection = await database.OpenAsync();
        var rows = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var table in await ReadAsync(connection, "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1"))
            rows[table] = await ReadAsync(connection, $"select t::text from \"{table}\" t order by 1");
        return rows;
    }

    public static void AssertOnlyPlannedAdded(SortedDictionary<string, List<string>> before, SortedDictionary<string, List<string>> after, MigrationPlan plan)
    {
        var created = plan.Categories.Where(x => x.Action == PlannedAction.Create).ToList();
        var people = plan.Principals.Where(x => x.Action == PlannedAction.Create).ToList();
        var expected = new Dictionary<string, long>
        {
            ["tblnode"] = created.Count + plan.Rooms.Count,
            ["tblprincipal"] = people.Count,
            ["tblprincipalaffiliations"] = plan.Affiliations.Count,
            ["tblprincipalmeta"] = people.Count(x => x.SchedulesDirectorySync),
            ["tblscopeprincipal"] = created.Sum(x => x.Scope.Count),
            ["tblprincipalrole"] = created.Sum(x => x.Creators.Count) + plan.Rooms.Sum(x => x.Members.Count + x.Managers.Count + x.Presenters.Count),
            ["tblsiopwhitelist"] = plan.AddIns.Count(x => x.Action == PlannedAction.Create),
            ["tblchat"] = plan.Rooms.Sum(x => x.Messages.Count),
            ["tbllastchatid"] = plan.Rooms.Count(x => x.Messages.Count > 0 || x.Messages.LastChatId is not null),
        };
        foreach (var (table, rows) in after)
        {
            var left = new List<string>(rows);
            foreach (var row in before[table])
                Assert.True(left.Remove(row), $"{table} lost or changed {row}");
            Assert.True(left.Count == expected.GetValueOrDefault(table), $"{table}: {left.Count} rows added instead of {expected.GetValueOrDefault(table)}");
        }
    }

    private static async Task<List<string>> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }
}
