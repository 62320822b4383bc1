using System.Globalization;
using MigrationPortal.Tests.Shared;
using Npgsql;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Properties;

/// <summary>What may happen to the rows of a chat database over the years: any column, any row, as far as the database itself lets it.</summary>
internal sealed class RandomDamage(Random random)
{
    private static readonly string[] _tables =
    [
        "node", "principal", "principalrole", "scopeprincipal", "principalaffiliations", "siopwhitelist", "chat", "lastchatid", "enumvalue", "enumattribute", "roletype", "principaltype",
        "principalmeta", "principalinvites", "adminlock", "compliancedata",
    ];

    /// <summary>As many as a change can afford; tests/soak.sh asks for more.</summary>
    public static int Rounds { get; } = int.TryParse(Environment.GetEnvironmentVariable("TEST_DAMAGE"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 6;

    /// <summary>What was done, for the reader of a failed test.</summary>
    public List<string> Done { get; } = [];

    /// <summary>Plays what may happen, each time with a seed and damage of its own, and tells of all that failed at once.</summary>
    public static async Task RoundsAsync(ITestOutputHelper output, Func<Random, RandomDamage, Task> play)
    {
        var failures = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var seed = TestSeed.Draw(output, round);
            var damage = new RandomDamage(new Random(seed));
            try
            {
                await play(new Random(seed), damage);
            }
            catch (Exception failure)
            {
                failures.Add($"TEST_SEED={seed}\n{string.Join('\n', damage.Done)}\n{failure}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    /// <summary>A database whose schema nobody documents has no constraint that one could rely on, and wide columns.</summary>
    /// <param name="widens">Whether numbers are of 64 bits, too: what is read may have that, what is written is documented.</param>
    public static Task LoosenAsync(TestDatabase database, bool widens = true) => database.ExecuteAsync($"""
        do $$ declare x record; begin
            for x in select conrelid::regclass as t, conname from pg_constraint where connamespace = 'public'::regnamespace and contype in ('f', 'p', 'u') order by contype = 'f' desc loop
                execute format('alter table %s drop constraint if exists %I cascade', x.t, x.conname); end loop;
            for x in select c.oid::regclass as t, a.attname, a.atttypid from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace loop
                execute format('alter table %s alter %I drop not null', x.t, x.attname);
                if x.atttypid = 'varchar'::regtype then execute format('alter table %s alter %I type text', x.t, x.attname); end if;
                if {(widens ? "true" : "false")} and x.atttypid in ('int4'::regtype, 'int2'::regtype) then execute format('alter table %s alter %I type bigint', x.t, x.attname); end if;
            end loop; end $$
        """);

    /// <summary>References that a server does not check; everything else of the documented schema stays.</summary>
    public static Task DropReferencesAsync(TestDatabase database) => database.ExecuteAsync("""
        do $$ declare x record; begin
            for x in select conrelid::regclass as t, conname from pg_constraint where connamespace = 'public'::regnamespace and contype = 'f' loop
                execute format('alter table %s drop constraint %I', x.t, x.conname); end loop; end $$
        """);

    /// <summary>An administrator's lock that holds is no damage: the run is refused by its name, and nothing else would be tried.</summary>
    public static Task UnlockAsync(TestDatabase database) =>
        database.ExecuteAsync("delete from tbladminlock where lockexpirestime > now() at time zone 'utc' - interval '1 day'");

    public Task DoAsync(TestDatabase database, int times) => database.WriteAsync(async connection =>
    {
        var columns = await ColumnsAsync(connection);
        for (var i = 0; i < times; i++)
        {
            var column = columns[random.Next(columns.Count)];
            var sql = Statement(column);
            try
            {
                await using var command = new NpgsqlCommand(sql, connection);
                if (await command.ExecuteNonQueryAsync() > 0) Done.Add(sql);
            }
            catch (PostgresException refused) when (refused.SqlState.StartsWith("22", StringComparison.Ordinal) || refused.SqlState.StartsWith("23", StringComparison.Ordinal))
            {
                // This schema does not let it happen.
            }
        }
    });

    private string Statement((string Table, string Column, string Type) at)
    {
        // tableoid and ctid name any row, with a key or without.
        var row = $"where ctid = (select ctid from {at.Table} order by md5(ctid::text || '{Salt()}') limit 1)";
        return random.Next(10) switch
        {
            0 => $"delete from {at.Table} {row}",
            1 => $"insert into {at.Table} select * from {at.Table} {row}",
            2 or 3 or 4 => $"update {at.Table} set \"{at.Column}\" = null {row}",
            5 => $"update {at.Table} set \"{at.Column}\" = (select \"{at.Column}\" from {at.Table} order by md5(ctid::text || '{Salt()}') limit 1) {row}",
            _ => $"update {at.Table} set \"{at.Column}\" = {Value(at.Type)} {row}",
        };
    }

    private string Salt() => random.Next().ToString(CultureInfo.InvariantCulture);

    private string Value(string type) => type switch
    {
        "bool" => random.Next(2) == 0 ? "true" : "false",
        "uuid" => random.Next(2) == 0 ? "'00000000-0000-0000-0000-000000000000'" : $"md5('{Salt()}')::uuid",
        "timestamp" => Any("'0001-01-01'", "'9999-12-31'", "'infinity'", "'-infinity'", "'1899-12-31'"),
        "int2" => Any("0", "-1", "7", "32767"),
        "int4" => Any("0", "-1", "1", "4711", "2147483647", "-2147483648"),
        "int8" => Any("0", "-1", "1", "4711", "2147483648", "9223372036854775807", "-9223372036854775808"),
        _ => Any("''", "'   '", "repeat('x', 256)", "repeat('x', 257)", "repeat('y', 400)", "repeat('Ü', 5000)", "'Member'", "U&'\\200B'", "'a' || chr(10) || 'b'"),
    };

    private string Any(params string[] values) => values[random.Next(values.Length)];

    private static async Task<List<(string Table, string Column, string Type)>> ColumnsAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("""
            select c.relname, a.attname, t.typname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
            where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by c.relname, a.attnum
            """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<(string, string, string)>();
        while (await reader.ReadAsync())
            if (_tables.Contains(reader.GetString(0).Replace("tbl", "", StringComparison.Ordinal))) columns.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return columns;
    }
}
