using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Rooms.Viewing;

/// <param name="From">First chatId to show; null begins with the first message.</param>
internal sealed record OpenTranscript(long RoomId, string? Reason, long? From, int? Take);

/// <summary>One chatId, both sides; a side without it is null.</summary>
public sealed record TranscriptLine(string ChatId, TranscriptMessage? Legacy, TranscriptMessage? New);

/// <param name="Content">The beginning of a long one.</param>
/// <param name="Rest">Where the rest of a long one begins; null when that is all.</param>
public sealed record TranscriptMessage(DateTimeOffset? At, string Author, bool IsAlert, string Content, int? Rest);

/// <summary>Shows what people wrote. Never without a reason, never without a line in the audit, and the text goes nowhere else.</summary>
internal sealed class OpenTranscriptHandler(IDbContextFactory<PortalDbContext> databases, TranscriptAccess access, AuditTrail audit)
{
    private const int DefaultTake = 50;

    public async Task<Outcome<IReadOnlyList<TranscriptLine>>> HandleAsync(OpenTranscript request, Caller caller, CancellationToken cancellationToken)
    {
        var opened = await access.OpenAsync(request.RoomId, request.Reason, caller, cancellationToken);
        if (!opened.IsDone)
            return opened.Refusal;
        var (view, pair) = opened.Value;
        var (from, take) = (request.From ?? 0, Math.Clamp(request.Take ?? DefaultTake, 1, MessageReader.MaxTake));
        await RecordAsync(request, view, caller, from, take, cancellationToken);
        var legacy = await ReadAsync(pair.Legacy, view.LegacyNodeId, from, take, cancellationToken);
        if (!legacy.IsDone)
            return legacy.Refusal;
        var current = await ReadAsync(pair.New, view.NewNodeId, from, take, cancellationToken);
        return current.IsDone ? Align(legacy.Value, current.Value, take) : current.Refusal;
    }

    private async Task RecordAsync(OpenTranscript request, RoomView view, Caller caller, long from, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var details = new Dictionary<string, string?>
        {
            ["reason"] = request.Reason!.Trim(),
            ["from"] = from.ToString(CultureInfo.InvariantCulture),
            ["take"] = take.ToString(CultureInfo.InvariantCulture),
        };
        await audit.RecordAsync(db, caller, "TranscriptOpened", $"room:{request.RoomId}", view.PoolPairId, details, cancellationToken);
    }

    private static async Task<Outcome<IReadOnlyList<ChatMessage>>> ReadAsync(ChatDatabase database, int? nodeId, long from, int take, CancellationToken cancellationToken) =>
        nodeId is { } node ? await MessageReader.ReadTranscriptAsync(database, node, from, take, cancellationToken) : new List<ChatMessage>();

    // Both sides by chatId; cut where the shorter page ends, so that a message is never called missing for being on the next page.
    private static List<TranscriptLine> Align(IReadOnlyList<ChatMessage> legacy, IReadOnlyList<ChatMessage> current, int take)
    {
        var end = Math.Min(legacy.Count == take ? legacy[^1].ChatId : long.MaxValue, current.Count == take ? current[^1].ChatId : long.MaxValue);
        var before = legacy.ToDictionary(x => x.ChatId);
        var after = current.ToDictionary(x => x.ChatId);
        return [.. before.Keys.Union(after.Keys).Where(id => id <= end).Order().Select(id =>
            new TranscriptLine(id.ToString(CultureInfo.InvariantCulture), Show(before.GetValueOrDefault(id)), Show(after.GetValueOrDefault(id))))];
    }

    private static TranscriptMessage? Show(ChatMessage? message) => message is null
        ? null
        : new(Scanning.RoomValueNames.Instant(message.Ticks), message.AuthorName ?? $"#{message.AuthorId}", message.IsAlert, message.Content.Content, message.Content.Rest);
}
