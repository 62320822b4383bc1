using System.Globalization;
using MigrationPortal.Engine.Files;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Verification;

/// <summary>
/// Proves one copied room from fresh readings of both sides, in memory that does not grow with its messages. Messages are read a page at a
/// time, each in a snapshot of its own: ids are only given out upwards, so that what is posted during that comes after the last page, and a
/// message that somebody removes or changes during that is judged as it is when its page is read, as it would be a moment later.
/// </summary>
public static class RoomVerifier
{
    // Long enough that opening a page costs nothing beside reading it.
    private const int Window = 50_000;

    public static Task<Outcome<RoomResult>> VerifyAsync(
        ChatDatabase legacy, ChatDatabase target, PlannedRoom room, MigrationPlan plan, IdAllocation ids, CancellationToken cancellationToken) =>
        VerifyAsync(legacy, target, room, plan, ids, null, cancellationToken);

    /// <param name="stores">Where the files of both sides stand; null leaves files out of the proof.</param>
    public static Task<Outcome<RoomResult>> VerifyAsync(
        ChatDatabase legacy, ChatDatabase target, PlannedRoom room, MigrationPlan plan, IdAllocation ids, FileStores? stores, CancellationToken cancellationToken) =>
        VerifyAsync(legacy, target, room, plan, ids, stores, _ => Window, cancellationToken);

    /// <param name="window">How many messages of a database are read in one snapshot.</param>
    internal static async Task<Outcome<RoomResult>> VerifyAsync(
        ChatDatabase legacy, ChatDatabase target, PlannedRoom room, MigrationPlan plan, IdAllocation ids, FileStores? stores, Func<ChatDatabase, int> window, CancellationToken cancellationToken)
    {
        var files = await FileVerifier.ProveAsync(legacy, stores, room, cancellationToken);
        if (!files.IsDone) return files.Refusal;
        var last = await SqlDialect.ReadAsync<long?>(legacy, async from => await FindLastChatIdAsync(from, room, cancellationToken), cancellationToken);
        if (!last.IsDone) return last.Refusal;
        var map = IdMap.Of(plan, ids);
        var settings = await SqlDialect.ReadAsync<SettingsRead>(target, async to => new SettingsRead(
            await new RoomReadback(to, room, map).CompareAsync(last.Value, cancellationToken),
            await new RightsReadback(to, plan, room, map).CompareAsync(cancellationToken)), cancellationToken);
        if (!settings.IsDone) return settings.Refusal;
        return await SqlDialect.For(target.Provider).GuardAsync<RoomResult>(target, async () =>
        {
            // What is posted in the legacy room from now on is a later delta's.
            await using var legacyMessages = new PagedMessages(legacy, room.LegacyNodeId, new MessageRange(UpTo: last.Value ?? long.MinValue, FromTicks: room.CutOffTicks), () => window(legacy));
            await using var newMessages = new PagedMessages(target, map.Node(room.Guid), new MessageRange(), () => window(target));
            using var comparison = new MessageComparison(legacyMessages, newMessages, map, last.Value);
            return Judge(room, plan, await comparison.RunAsync(cancellationToken), comparison, settings.Value, files.Value);
        }, cancellationToken);
    }

    private static RoomResult Judge(
        PlannedRoom room, MigrationPlan plan, (MessageDigests Legacy, MessageDigests New) messages, MessageComparison comparison, SettingsRead read, FileProof? files)
    {
        var ((legacy, found), (settings, rights)) = (messages, read);
        IReadOnlyList<VerificationRule> rules =
        [
            Rule("Counts", Text(legacy.Count), Text(found.Count)),
            Rule("Ids", Range(legacy.FirstChatId, legacy.LastChatId, Number), Range(found.FirstChatId, found.LastChatId, Number)),
            Rule("Dates", Range(legacy.FirstTicks, legacy.LastTicks, Time), Range(found.FirstTicks, found.LastTicks, Time)),
            AuthorRule.Of(plan, comparison.LegacyAuthors, found.AuthorCount),
            Rule("Digest", Wording.OfText(legacy.Digest), Wording.OfText(found.Digest)),
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

    private static VerificationRule Rule(string name, Wording legacy, Wording found) => new(name, legacy == found, legacy, found);

    private static VerificationRule Unexpected(string name, IReadOnlyList<SettingDifference> differences)
    {
        var count = differences.Count(x => x.ByRule is null);
        return new VerificationRule(name, count == 0, new Wording("Verified.as-planned"), count == 0 ? new Wording("Verified.as-planned") : new Wording("Verified.differ", count));
    }

    private static IEnumerable<VerificationRule> Files(FileProof? files) => files is null
        ? []
        : [new VerificationRule("Files", files.Holds, Text(files.Legacy), files.Holds ? Text(files.New) : new Wording("Verified.files", files.New, files.Legacy - files.New))];

    private static IEnumerable<SettingDifference> Differences(FileProof? files) =>
        files?.Differences.Select(x => new SettingDifference("File", x.Name, x.Problem.ToString(), x.IsByRule ? x.Problem.ToString() : null)) ?? [];

    private static Wording Range(long? first, long? last, Func<long, string> text) => first is { } a && last is { } b ? Wording.OfText($"{text(a)} – {text(b)}") : new Wording("Verified.none");

    private static Wording Text(long value) => Wording.OfText(Number(value));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Time(long ticks) =>
        ticks is >= 0 and <= 3_155_378_975_999_999_999 ? new DateTime(ticks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture) : Number(ticks);

    private sealed record SettingsRead(IReadOnlyList<SettingDifference> Settings, IReadOnlyList<SettingDifference> Rights);
}
