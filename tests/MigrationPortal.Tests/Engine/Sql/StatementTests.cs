using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MigrationPortal.Engine.Files;
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
    // What SQL Server 2008 does not know, and what the engine has no business to say.
    private static readonly string[] _forbidden =
    [
        "OFFSET", "FETCH NEXT", "STRING_AGG", "STRING_SPLIT", "MERGE", "IIF", "CONCAT", "CHOOSE", "FORMAT", "TRY_CONVERT", "TRY_CAST", "TRY_PARSE", "PARSE", "THROW", "SEQUENCE",
        "NEXT VALUE", "EOMONTH", "DATEFROMPARTS", "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "PERCENT_RANK", "IF EXISTS", "OPENJSON", "JSON_VALUE", "TRIM", "GREATEST", "LEAST", "LIMIT",
        "GENERATE_SERIES", "TRANSLATE", "WITH RESULT SETS", "NOLOCK", "READPAST", "XP_CMDSHELL", "ALTER", "CREATE", "DROP", "TRUNCATE", "GRANT", "SELECT *", "TRUE", "FALSE", "ILIKE", "||", "::",
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
    public async Task Statements_OfAWholeMigration_HaveNoForbiddenWord()
    {
        foreach (var statement in await SayEverythingAsync())
            foreach (var word in _forbidden)
                Assert.False(Holds(statement, word), $"{word} in: {statement}");
    }

    [Fact]
    public void Holds_ForbiddenWord_IsSeen()
    {
        Assert.True(Holds("select a from b order by c offset 0 rows", "OFFSET"));
        Assert.True(Holds("select concat(a, b)", "CONCAT"));
        Assert.False(Holds("select triggerOffsets from b", "OFFSET"));
    }

    private static bool Holds(string statement, string word) => char.IsLetter(word[0])
        ? Regex.IsMatch(statement, $@"\b{Regex.Escape(word)}(\b|(?<=\W))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
        : statement.Contains(word, StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> SayEverythingAsync()
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.Translated);
        await ChatPoolReader.CountUpToAsync(world.New, new Dictionary<int, long> { [21] = 20 }, CancellationToken.None);
        await ChatPoolReader.CountSinceAsync(world.Legacy, 635000000000000000, CancellationToken.None);
        await MessageReader.ReadTranscriptAsync(world.Legacy, 10, 1, 3, CancellationToken.None);
        await MessageReader.CountByMonthAsync(world.Legacy, 10, CancellationToken.None);
        await SchemaProbe.ProbeAsync(world.Legacy, CancellationToken.None);
        var plan = await world.PlanAsync();
        var journal = new MemoryJournal();
        var pages = 0;
        journal.Before = step =>
        {
            if (step == nameof(ITransferJournal.ConfirmRowsAsync) && ++pages == 1) throw new InvalidOperationException("Stopped here.");
            if (step == nameof(ITransferJournal.ConfirmPageAsync) && ++pages == 4) throw new InvalidOperationException("Stopped here.");
        };
        var limits = new CopyLimits { PageMessages = 100 };
        await Assert.ThrowsAsync<InvalidOperationException>(() => WholeRun.RunAsync(world, plan, journal, limits));
        await Assert.ThrowsAsync<InvalidOperationException>(() => WholeRun.RunAsync(world, plan, journal, limits));
        var ids = await WholeRun.RunAsync(world, plan, journal, limits);
        await FileLinkReader.ReadAllAsync(world.Legacy, _ => ValueTask.CompletedTask, CancellationToken.None);
        await SayLinksAsync(world);
        await RoomVerifier.VerifyAsync(world.Legacy, world.New, plan.Rooms[0], plan, ids, CancellationToken.None);
        await SayDeltaAsync(world, journal);
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

    private static async Task SayLinksAsync(ChatWorld world)
    {
        await using var session = ChatWorld.Done(await SqlDialect.For(world.Legacy.Provider).OpenForReadingAsync(world.Legacy, CancellationToken.None));
        ChatWorld.Done(await FileLinkReader.ReadAsync(session, 10, null, null, CancellationToken.None));
        ChatWorld.Done(await FileLinkReader.ReadAsync(session, 10, 5, 6, CancellationToken.None));
    }

    // Lists of values depend on the pools; one value stands for them.
    private static string Plain(string statement) => Pairs().Replace(Values().Replace(statement.ReplaceLineEndings("\n"), "in (${one})"), "(values ${one})");

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"in \((?<one>'[0-9a-f-]{36}'|\d+)(, [^()]*)?\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Values();

    [GeneratedRegex(@"\(values (?<one>\(\d+, cast\(\d+ as bigint\)\))(, \(\d+, cast\(\d+ as bigint\)\))*\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pairs();
}
