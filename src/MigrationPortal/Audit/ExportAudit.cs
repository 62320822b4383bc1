using System.Data;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Audit;

/// <summary>
/// The whole audit as lines of JSON, oldest first, for <c>docs/verify-audit.py</c>, which needs neither the portal nor its database.
/// The line of the export itself is among them. A file that ends without the head was cut off.
/// <code>
/// {"canonical":"[1,\"2026-11-21T01:02:03.4567890Z\",\"anna\",\"BatchSubmitted\",\"batch:12\",\"contoso\",[]]","previousHash":"00…","hash":"9f…"}
/// {"head":{"id":1,"hash":"9f…","count":1}}
/// </code>
/// </summary>
internal sealed class ExportAuditHandler(IDbContextFactory<PortalDbContext> databases, AuditTrail audit)
{
    public const string ContentType = "application/x-ndjson";

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <returns>What writes the lines; one row at a time is in memory.</returns>
    public async Task<Outcome<Func<Stream, Task>>> HandleAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (AuditRights.Refuse(caller) is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await audit.RecordAsync(db, caller, "AuditExported", "audit", null, null, cancellationToken);
        Func<Stream, Task> write = stream => WriteAsync(stream, cancellationToken);
        return write;
    }

    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // One snapshot: the rows and the head belong together while others keep writing.
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var head = await AuditHead.ReadAsync(db, cancellationToken);
        await foreach (var entry in db.Set<AuditEntry>().AsNoTracking().OrderBy(x => x.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
            await WriteLineAsync(stream, AuditLine.Of(entry), cancellationToken);
        // Without its record the file ends without a head, which the script refuses.
        if (head is { } end)
            await WriteLineAsync(stream, new { Head = new { end.Id, Hash = Hex(end.Hash), end.Count } }, cancellationToken);
    }

    private static async Task WriteLineAsync<T>(Stream stream, T line, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(stream, line, JsonSerializerOptions.Web, cancellationToken);
        await stream.WriteAsync(NewLine, cancellationToken);
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);

    /// <summary>For the name of the file.</summary>
    public static string FileName(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"audit-{now.UtcDateTime:yyyyMMdd-HHmmss}.jsonl");
}
