using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Rooms.Viewing;

/// <param name="From">First chatId to show; null begins with the first message.</param>
internal sealed record OpenTranscript(long RoomId, string? Reason, long? From, int? Take);

/// <summary>One chatId, both sides; a side without it is null.</summary>
public sealed record TranscriptLine(string ChatId, TranscriptMessage? Legacy, TranscriptMessage? New);

public sealed record TranscriptMessage(DateTimeOffset? At, string Author, bool IsAlert, string Content);

/// <summary>Shows what people wrote. Never without a reason, never without a line in the audit, and the text goes nowhere else.</summary>
internal sealed class OpenTranscriptHandler(IDbContextFactory<PortalDbContext> databases, RoomQueries rooms, PoolPairCatalog catalog, AuditTrail audit)
{
    private const int DefaultTake = 50;

    public async Task<Outcome<IReadOnlyList<TranscriptLine>>> HandleAsync(OpenTranscript request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireAny(caller, "Reading messages", Role.Approver, Role.Auditor) is { } refusal)
            return refusal;
        if (RoomReason.Check(request.Reason) is { } unfit)
            return unfit;
        if (await rooms.FindAsync(request.RoomId, cancellationToken) is not { } view)
            return new Refusal("not-found", $"There is no room {request.RoomId}.", RefusalKind.NotFound);
        if (Rights.RequireThere(caller, "Reading messages", [Role.Approver, Role.Auditor], view.PoolPairId, [view.Row.Category]) is { } outside)
            return outside;
        if (catalog.Find(view.PoolPairId) is not { } pair)
            return PoolSides.NotConfigured(view.PoolPairId);

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
        : new(Scanning.RoomValueNames.Instant(message.Ticks), message.AuthorName ?? $"#{message.AuthorId}", message.IsAlert, message.Content);
}
