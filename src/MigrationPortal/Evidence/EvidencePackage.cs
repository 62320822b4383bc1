using System.IO.Compression;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MigrationPortal.Evidence;

/// <summary>Writes the ZIP of a batch, list after list, row after row, within the caller's snapshot.</summary>
internal sealed class EvidencePackage(EvidenceIndexPage index, SignEvidence signing)
{
    private const string AuditFile = "audit.jsonl";

    /// <param name="withAudit">Only for whoever may read the audit log.</param>
    public async Task<EvidenceManifest> WriteAsync(PortalDbContext db, Stream target, EvidenceState state, string madeBy, bool withAudit, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var files = new List<EvidenceFile>();
        await using var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (var section in EvidenceSections.All)
        {
            await AddAsync($"{section.Name}.json", stream => section.ReadAsync(connection, state.BatchId, new JsonRows(stream), cancellationToken));
            await AddAsync($"{section.Name}.csv", stream => section.ReadAsync(connection, state.BatchId, new CsvRows(stream), cancellationToken));
        }

        if (withAudit)
            await AddAsync(AuditFile, stream => BatchAudit.WriteAsync(db, state.Subject, stream, cancellationToken));
        var page = await index.RenderAsync(db, state, cancellationToken);
        await AddAsync("index.html", stream => stream.WriteAsync(page, cancellationToken).AsTask());

        var manifest = state.ToManifest(madeBy, signing.IsConfigured, [.. files.OrderBy(x => x.Path, StringComparer.Ordinal)]);
        var bytes = manifest.ToBytes();
        await AddAsync("manifest.json", stream => stream.WriteAsync(bytes, cancellationToken).AsTask());
        if (signing.IsConfigured)
        {
            var signature = signing.Sign(bytes);
            await AddAsync("manifest.p7s", stream => stream.WriteAsync(signature, cancellationToken).AsTask());
        }

        return manifest;

        async Task AddAsync(string path, Func<Stream, Task> write)
        {
            var entry = zip.CreateEntry(path, CompressionLevel.Optimal);
            // The state's time, not the clock's: the same state gives the same bytes.
            entry.LastWriteTime = state.AsOf;
            await using var opened = await entry.OpenAsync(cancellationToken);
            // Rows are smaller than what is worth compressing.
            await using var buffered = new BufferedStream(opened, 1 << 16);
            await using var hashed = new HashedStream(buffered);
            await write(hashed);
            await buffered.FlushAsync(cancellationToken);
            files.Add(new(path, hashed.Length, hashed.Sha256));
        }
    }
}
