using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using MigrationPortal.Engine.Files;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Engine.Delta;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Sql;

/// <summary>
/// Every T-SQL statement of the engine, as it goes over the wire, beside the file in which it was reviewed. To take over a change:
/// run with <c>MIGRATIONPORTAL_WRITE_GOLDEN=1</c> and read the difference.
/// </summary>
public sealed partial class StatementTests
{
    // What the engine has business to say.
    private static readonly Type[] _said =
    [
        typeof(SelectStatement), typeof(InsertStatement), typeof(UpdateStatement), typeof(DeleteStatement),
        typeof(PredicateSetStatement), typeof(SetCommandStatement), typeof(DeclareVariableStatement), typeof(DeclareTableVariableStatement), typeof(ExecuteStatement),
    ];

    [Fact]
    public async Task Statements_OfAWholeMigration_AreTheReviewedOnes()
    {
        var said = await SayEverythingAsync();
        var path = Path.Combine(Path.GetDirectoryName(Here())!, "Golden", "statements.sql");
        var text = string.Join("\n\ngo\n\n", said) + "\n";
        if (Environment.GetEnvironmentVariable("MIGRATIONPORTAL_WRITE_GOLDEN") == "1") await File.WriteAllTextAsync(path, text);
        Assert.Equal((await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public async Task Statements_OfAWholeMigration_AreOfSqlServer2008AndNothingElse()
    {
        foreach (var statement in (await SayEverythingAsync()).Where(x => !x.StartsWith("insert bulk ", StringComparison.Ordinal)))
            Assert.True(Mistakes(statement) is [], $"{string.Join(' ', Mistakes(statement))} in: {statement}");
    }

    [Fact]
    public void Statements_AboutDamagedMessages_AreOfSqlServer2008()
    {
        var dialect = SqlDialect.For(SqlProvider.SqlServer);
        Assert.Empty(Mistakes(UnfitContent.Sql(dialect.HasUnitsOutsideUtf8("content")!)));
        Assert.Empty(Mistakes(UnfitContent.Sql($"{dialect.Length("content")} > 10")));
        Assert.Empty(Mistakes(MessageFaults.DoubledSql(dialect)));
        Assert.Empty(Mistakes(MessageTotals.GroupsSql(dialect, ["chatDate", "content"])));
    }

    [Theory]
    [InlineData("select a from b order by c offset 0 rows fetch next 1 rows only")]
    [InlineData("select iif(a = 1, 2, 3) from b")]
    [InlineData("select a from b limit 3")]
    [InlineData("select a::int from b")]
    [InlineData("throw 50000, 'no', 1")]
    [InlineData("drop table if exists b")]
    [InlineData("truncate table b")]
    [InlineData("alter table b add c int")]
    [InlineData("create table b (c int)")]
    [InlineData("exec xp_cmdshell 'dir'")]
    [InlineData("select a from b with (nolock)")]
    [InlineData("select concat(a, c) from b")]
    [InlineData("select lag(a) over (order by c) from b")]
    [InlineData("select a from b where lower(a) = 'i'")]
    [InlineData("select datediff(second, a, c) * 1000 from b")]
    public void Mistakes_NewerOrUnfitStatement_AreSeen(string statement) => Assert.NotEmpty(Mistakes(statement));

    /// <summary>By SQL Server 2008's own grammar, which takes any function for one of the database's: built-in ones are known by name.</summary>
    private static IReadOnlyList<string> Mistakes(string statement)
    {
        using var text = new StringReader(statement);
        var script = new TSql100Parser(initialQuotedIdentifiers: true).Parse(text, out var errors);
        var seen = new Seen();
        script?.Accept(seen);
        return [.. errors.Select(x => x.Message), .. seen.Mistakes];
    }

    private sealed class Seen : TSqlFragmentVisitor
    {
        private static readonly string[] _functions =
        [
            "count_big", "min", "max", "lower", "nchar", "object_id", "schema_id", "schema_name", "has_perms_by_name", "quotename", "db_id", "serverproperty", "user_name", "applock_mode", "datalength", "coalesce", "substring",
            "datediff", "getdate", "nullif", "object_name",
        ];

        public List<string> Mistakes { get; } = [];

        public override void Visit(TSqlStatement node)
        {
            if (!_said.Contains(node.GetType()) && !IsOwnTable(node)) Mistakes.Add($"The engine says no {node.GetType().Name}.");
        }

        public override void Visit(FunctionCall node)
        {
            if (!_functions.Contains(node.FunctionName.Value, StringComparer.OrdinalIgnoreCase)) Mistakes.Add($"Is {node.FunctionName.Value} known to SQL Server 2008?");
            // In a Turkish database's own collation, I is not the capital of i.
            if (node.FunctionName.Value.Equals("lower", StringComparison.OrdinalIgnoreCase) && node.Parameters.Any(x => x is not PrimaryExpression { Collation: not null }))
                Mistakes.Add("Lower case by the rules of which language?");
        }

        public override void Visit(BinaryExpression node)
        {
            // A function's int times an int is an int: milliseconds end after 25 days.
            if (node is { BinaryExpressionType: BinaryExpressionType.Multiply, FirstExpression: FunctionCall }) Mistakes.Add("Does the product fit an int?");
        }

        public override void Visit(TableHint node) => Mistakes.Add($"Why {node.HintKind}?");

        // a::b is a property of a type there.
        public override void Visit(UserDefinedTypePropertyAccess node) => Mistakes.Add("The engine casts by cast.");

        public override void Visit(SelectStarExpression node) => Mistakes.Add("The columns of * are anybody's.");

        public override void Visit(ExecutableProcedureReference node)
        {
            if (node.ProcedureReference?.ProcedureReference.Name.BaseIdentifier.Value != "sp_getapplock") Mistakes.Add("The engine calls one procedure, sp_getapplock.");
        }

        // A temporary table is the connection's own.
        private static bool IsOwnTable(TSqlStatement node) => node switch
        {
            CreateTableStatement create => create.SchemaObjectName.BaseIdentifier.Value.StartsWith('#'),
            DropTableStatement drop => !drop.IsIfExists && drop.Objects.All(x => x.BaseIdentifier.Value.StartsWith('#')),
            _ => false,
        };
    }

    private static async Task<IReadOnlyList<string>> SayEverythingAsync()
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.Translated);
        await ChatPoolReader.CountUpToAsync(world.New, new Dictionary<int, long> { [21] = 20 }, CancellationToken.None);
        await ChatPoolReader.CountSinceAsync(world.Legacy, 635000000000000000, CancellationToken.None);
        await MessageReader.ReadTranscriptAsync(world.Legacy, 10, 1, 3, CancellationToken.None);
        await MessageReader.ReadPartAsync(world.Legacy, 10, 1, 0, CancellationToken.None);
        await MessageReader.CountByMonthAsync(world.Legacy, 10, CancellationToken.None);
        await SchemaProbe.ProbeAsync(world.Legacy, CancellationToken.None);
        Assert.NotNull(ChatWorld.Done(await DatabaseChecks.CheckAsync(world.Legacy, CancellationToken.None)).Rooms);
        ChatWorld.Done(await DatabaseWaits.ListAsync(world.New, CancellationToken.None));
        var plan = await world.PlanAsync();
        var journal = new MemoryJournal();
        var (isAllocated, pages) = (false, 0);
        journal.Before = step =>
        {
            // Ids without rows: asks then whether they are free still.
            if (step == nameof(ITransferJournal.IntendRowsAsync) && !isAllocated)
            {
                isAllocated = true;
                throw new InvalidOperationException("Stopped here.");
            }
            if (step == nameof(ITransferJournal.ConfirmRowsAsync) && ++pages == 1) throw new InvalidOperationException("Stopped here.");
            if (step == nameof(ITransferJournal.ConfirmPageAsync) && ++pages == 4) throw new InvalidOperationException("Stopped here.");
        };
        var limits = new CopyLimits { PageMessages = 100 };
        for (var stopped = 0; stopped < 3; stopped++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => WholeRun.RunAsync(world, plan, journal, limits));
        var ids = await WholeRun.RunAsync(world, plan, journal, limits);
        await FileLinkReader.ReadAllAsync(world.Legacy, _ => ValueTask.CompletedTask, CancellationToken.None);
        await SayLinksAsync(world);
        await SayManyAsync(world);
        await RoomVerifier.VerifyAsync(world.Legacy, world.New, plan.Rooms[0], plan, ids, CancellationToken.None);
        await SayDeltaAsync(world, journal);
        await SayCutOffAsync(world);
        return [.. TranslatingDriver.SaidTo(world.LegacyDatabase).Concat(TranslatingDriver.SaidTo(world.NewDatabase)).Select(Plain).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>A delta that inserts, changes and takes away, with late messages, and after it the undo.</summary>
    private static async Task SayDeltaAsync(ChatWorld world, MemoryJournal journal)
    {
        await world.LegacyDatabase.ExecuteAsync("""
            delete from tblPrincipalRole where prinRoleNodeID = 12 and prinRoleTypeID = 3;
            insert into tblPrincipalRole values (13, 2, 1, 1, null, null);
            update tblNode set nodeDesc = 'All of it' where nodeID = 10;
            insert into tblChat values (11, 1, 635000000000000000, 3, false, 'late')
            """);
        var plan = (await DeltaRun.PlanAsync(world, journal)).Plan;
        await DeltaRun.RunAsync(world.Legacy, world.New, plan, journal);
        var undo = new BatchUndo(world.New, journal);
        var preview = ChatWorld.Done(await undo.PreviewAsync(CancellationToken.None));
        await using var held = ChatWorld.Done(await undo.AcquireAsync(CancellationToken.None));
        ChatWorld.Done(await undo.RemoveAsync(preview.Fingerprint, _ => { }, CancellationToken.None));
    }

    /// <summary>A run from a date on, begun anew, and resumed after somebody posted: it asks then whether messages are left.</summary>
    private static async Task SayCutOffAsync(ChatWorld world)
    {
        var plan = await world.PlanAsync(new PlanOptions { CutOff = new DateOnly(2013, 1, 1) });
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, plan, journal);
        await world.NewDatabase.ExecuteAsync("insert into tblChat select nodeID, 1000, 640000000000000000, 41, false, 'hello', null from tblNode where nodeName = 'General'");
        var ids = await WholeRun.RunAsync(world, plan, journal);
        var room = plan.Rooms.Single(x => x.Guid == Guid.Parse(ChatWorld.General));
        ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, room, plan, ids, CancellationToken.None));
    }

    /// <summary>More values than are written into a statement.</summary>
    private static async Task SayManyAsync(ChatWorld world)
    {
        await ChatPoolReader.CountUpToAsync(world.New, Enumerable.Range(1, 200).ToDictionary(x => x, x => 5L), CancellationToken.None);
        await using var session = ChatWorld.Done(await SqlDialect.For(world.New.Provider).OpenForReadingAsync(world.New, CancellationToken.None));
        await session.ListAnyOfAsync("select nodeID from tblNode", "nodeID", Enumerable.Range(1, 200).Cast<object>(), row => row.GetInt32(0), CancellationToken.None);
        await session.ListAnyOfAsync("select nodeID from tblNode", "nodeGuid", Enumerable.Range(1, 200).Select(_ => (object)Guid.NewGuid()), row => row.GetInt32(0), CancellationToken.None);
    }

    private static async Task SayLinksAsync(ChatWorld world)
    {
        await using var session = ChatWorld.Done(await SqlDialect.For(world.Legacy.Provider).OpenForReadingAsync(world.Legacy, CancellationToken.None));
        ChatWorld.Done(await FileLinkReader.ReadAsync(session, 10, null, null, CancellationToken.None));
        ChatWorld.Done(await FileLinkReader.ReadAsync(session, 10, 5, 6, CancellationToken.None));
    }

    // Lists of values depend on the pools; one value stands for them.
    private static string Plain(string statement) => Staged().Replace(Pairs().Replace(Values().Replace(statement.ReplaceLineEndings("\n"), "in (${one})"), "(values ${one})"), "#portal");

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"in \((?<one>'[0-9a-f-]{36}'|\d+)(, [^()]*)?\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Values();

    [GeneratedRegex(@"#portal\d+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Staged();

    [GeneratedRegex(@"\(values (?<one>\(\d+, cast\(\d+ as bigint\)\))(, \(\d+, cast\(\d+ as bigint\)\))*\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pairs();
}
