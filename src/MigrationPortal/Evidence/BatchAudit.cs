using System.Globalization;
using System.Text.Json;
using System.Text.Encodings.Web;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;

namespace MigrationPortal.Evidence;

/// <summary>
/// The entries of the audit log about one batch, as the whole export has them: each can be found in that and checked by its hash. Who made packages
/// is left out, so that making one does not change the next.
/// </summary>
internal static class BatchAudit
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public static async Task<EvidenceAudit?> FindLastAsync(PortalDbContext db, string subject, CancellationToken cancellationToken)
    {
        var last = await Of(db, subject).OrderByDescending(x => x.Id).Select(x => new { x.Id, x.Hash }).FirstOrDefaultAsync(cancellationToken);
        return last is null ? null : new(last.Id.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(last.Hash));
    }

    public static async Task WriteAsync(PortalDbContext db, string subject, Stream stream, CancellationToken cancellationToken)
    {
        await foreach (var entry in Of(db, subject).OrderBy(x => x.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            await JsonSerializer.SerializeAsync(stream, AuditLine.Of(entry), Json, cancellationToken);
            await stream.WriteAsync(NewLine, cancellationToken);
        }
    }

    private static IQueryable<AuditEntry> Of(PortalDbContext db, string subject) =>
        AuditQueries.Of(db, subject).Where(x => x.Action != EvidenceState.Made);
}
