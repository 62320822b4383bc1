using System.Globalization;
using MigrationPortal.Engine.Files;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Verification;

/// <summary>Proves one copied room from fresh readings of both sides, in memory that does not grow with its messages.</summary>
public static class RoomVerifier
{
    public static Task<Outcome<RoomResult>> VerifyAsync(
        ChatDatabase legacy, ChatDatabase target, PlannedRoom room, MigrationPlan plan, IdAllocation ids, CancellationToken cancellationToken) =>
        VerifyAsync(legacy, target, room, plan, ids, null, cancellationToken);

    /// <param name="stores">Where the files of both sides stand; null leaves files out of the proof.</param>
    public static async Task<Outcome<RoomResult>> VerifyAsync(
        ChatDatabase legacy, ChatDatabase target, PlannedRoom room, MigrationPlan plan, IdAllocation ids, FileStores? stores, CancellationToken cancellationToken)
    {
        var files = await FileVerifier.ProveAsync(legacy, stores, room, cancellationToken);
        if (!files.IsDone) return files.Refusal;
        var source = await SqlDialect.For(legacy.Provider).OpenForReadingAsync(legacy, cancellationToken);
        if (!source.IsDone) return source.Refusal;
        await using var from = source.Value;
        var opened = await SqlDialect.For(target.Provider).OpenForReadingAsync(target, cancellationToken);
        if (!opened.IsDone) return opened.Refusal;
        await using var to = opened.Value;
        var last = await from.Dialect.GuardAsync<long?>(legacy, async () => await FindLastChatIdAsync(from, room, cancellationToken), cancellationToken);
        if (!last.IsDone) return last.Refusal;
        return await to.Dialect.GuardAsync<RoomResult>(
            target, async () => await ProveAsync(from, to, room, plan, IdMap.Of(plan, ids), last.Value, files.Value, cancellationToken), cancellationToken);
    }

    private static async Task<RoomResult> ProveAsync(
        ChatSession from, ChatSession to, PlannedRoom room, MigrationPlan plan, IdMap ids, long? last, FileProof? files, CancellationToken cancellationToken)
    {
        var settings = await new RoomReadback(to, room, ids).CompareAsync(last, cancellationToken);
        var rights = await new RightsReadback(to, plan, room, ids).CompareAsync(cancellationToken);
        await using var legacyMessages = await from.Dialect.OpenMessagesAsync(from, room.LegacyNodeId, new MessageRange(FromTicks: room.CutOffTicks), cancellationToken);
        await using var newMessages = await to.Dialect.OpenMessagesAsync(to, ids.Node(room.Guid), new MessageRange(), cancellationToken);
        using var comparison = new MessageComparison(legacyMessages, newMessages, ids, last);
        var (legacy, found) = await comparison.RunAsync(cancellationToken);
        IReadOnlyList<VerificationRule> rules =
        [
            Rule("Counts", Number(legacy.Count), Number(found.Count)),
            Rule("Ids", Range(legacy.FirstChatId, legacy.LastChatId, Number), Range(found.FirstChatId, found.LastChatId, Number)),
            Rule("Dates", Range(legacy.FirstTicks, legacy.LastTicks, Time), Range(found.FirstTicks, found.LastTicks, Time)),
            AuthorRule.Of(plan, comparison.LegacyAuthors, found.AuthorCount),
            Rule("Digest", legacy.Digest, found.Digest),
            Unexpected("Settings", settings),
            Unexpected("Rights", rights),
            .. Files(files),
        ];
        IReadOnlyList<SettingDifference> differences = [.. settings, .. rights, .. PlannedDifferences.Of(room), .. Differences(files)];
        return new RoomResult
        {
            Grade = GradeOf(rules, comparison.MismatchCount),
            Legacy = legacy,
            New = found,
            Rules = rules,
            Mismatches = comparison.Mismatches,
            MismatchCount = comparison.MismatchCount,
            EqualCount = comparison.EqualCount,
            Settings = differences,
            SinceCount = comparison.SinceCount,
            Files = files,
        };
    }

    // What the approved plan itself changed is as it should be; good is what somebody accepted later.
    private static Grade GradeOf(IReadOnlyList<VerificationRule> rules, long mismatches)
    {
        if (mismatches > 0 || rules.Any(x => !x.Holds && x.Name is not ("Settings" or "Rights" or "Files"))) return Grade.Poor;
        return rules.All(x => x.Holds) ? Grade.Perfect : Grade.Investigate;
    }

    private static async Task<long?> FindLastChatIdAsync(ChatSession session, PlannedRoom room, CancellationToken cancellationToken) =>
        await ChatSession.ScalarAsync<long?>(
            session.Command("""
                select max(last) from (
                    select max(lastChatID) as last from tblLastChatId where nodeID = @node
                    union all select max(chatId) from tblChat where channelId = @node) both_of_them
                """, ("node", room.LegacyNodeId)), cancellationToken);

    private static VerificationRule Rule(string name, string legacy, string found) => new(name, legacy == found, legacy, found);

    private static VerificationRule Unexpected(string name, IReadOnlyList<SettingDifference> differences)
    {
        var count = differences.Count(x => x.ByRule is null);
        return new VerificationRule(name, count == 0, "as planned", count == 0 ? "as planned" : $"{count} differ");
    }

    private static IEnumerable<VerificationRule> Files(FileProof? files) => files is null
        ? []
        : [new VerificationRule("Files", files.Holds, Number(files.Legacy), files.Holds ? Number(files.New) : $"{Number(files.New)}, {Number(files.Legacy - files.New)} missing or changed")];

    private static IEnumerable<SettingDifference> Differences(FileProof? files) =>
        files?.Differences.Select(x => new SettingDifference("File", x.Name, x.Problem.ToString(), x.IsByRule ? x.Problem.ToString() : null)) ?? [];

    private static string Range(long? first, long? last, Func<long, string> text) => first is { } a && last is { } b ? $"{text(a)} – {text(b)}" : "none";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Time(long ticks) =>
        ticks is >= 0 and <= 3_155_378_975_999_999_999 ? new DateTime(ticks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture) : Number(ticks);
}
