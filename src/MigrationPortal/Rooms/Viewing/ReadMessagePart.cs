using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;

namespace MigrationPortal.Rooms.Viewing;

/// <param name="From">Where the part begins: what the part before it, or the transcript, calls its rest.</param>
internal sealed record ReadMessagePart(long RoomId, long ChatId, bool IsLegacy, int From, string? Reason);

/// <summary>Shows the next part of a message that is too long for a transcript: under the same rights, and with a line in the audit for each.</summary>
internal sealed class ReadMessagePartHandler(IDbContextFactory<PortalDbContext> databases, TranscriptAccess access, AuditTrail audit)
{
    public async Task<Outcome<MessagePart>> HandleAsync(ReadMessagePart request, Caller caller, CancellationToken cancellationToken)
    {
        var opened = await access.OpenAsync(request.RoomId, request.Reason, caller, cancellationToken);
        if (!opened.IsDone)
            return opened.Refusal;
        var (view, pair) = opened.Value;
        var chatId = request.ChatId.ToString(CultureInfo.InvariantCulture);
        if ((request.IsLegacy ? view.LegacyNodeId : view.NewNodeId) is not { } node)
            return Missing(chatId);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var details = new Dictionary<string, string?>
        {
            ["reason"] = request.Reason!.Trim(),
            ["message"] = chatId,
            ["side"] = request.IsLegacy ? "Legacy" : "New",
            ["from"] = request.From.ToString(CultureInfo.InvariantCulture),
        };
        await audit.RecordAsync(db, caller, "TranscriptOpened", $"room:{request.RoomId}", view.PoolPairId, details, cancellationToken);
        var part = await MessageReader.ReadPartAsync(request.IsLegacy ? pair.Legacy : pair.New, node, request.ChatId, request.From, cancellationToken);
        return !part.IsDone ? part.Refusal : part.Value is { } found ? found : Missing(chatId);
    }

    private static Refusal Missing(string chatId) => new("not-found.message", RefusalKind.NotFound, chatId);
}
