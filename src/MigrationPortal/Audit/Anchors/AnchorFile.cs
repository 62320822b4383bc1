using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using MigrationPortal.Engine;

namespace MigrationPortal.Audit.Anchors;

/// <summary>
/// The file elsewhere: one line for each anchor, only ever added to. 24 lines of some 150 bytes a day.
/// <code>{"id":12,"hash":"9f…","count":12,"at":"2026-11-27T09:00:00+00:00"}</code>
/// </summary>
internal sealed class AnchorFile(IOptions<AuditOptions> options)
{
    private const int HashLength = 32;

    public bool IsConfigured => options.Value.AnchorPath is not null;

    /// <returns>In the order of the file; none when it is not there yet, or not configured.</returns>
    public async Task<Outcome<List<AuditAnchor>>> ReadAsync(CancellationToken cancellationToken)
    {
        if (options.Value.AnchorPath is not { } path || !File.Exists(path))
            return new List<AuditAnchor>();
        var anchors = new List<AuditAnchor>();
        try
        {
            var number = 0L;
            await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
            {
                number++;
                // Torn: a full disk or a lost connection ended it. Had its anchor counted, it would be missed by the database's row.
                if (!line.EndsWith('}'))
                    continue;
                if (Read(line) is not { } anchor)
                    return new Refusal("anchor-unreadable", RefusalKind.Conflict, number.ToString(CultureInfo.InvariantCulture), path);
                anchors.Add(anchor);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Refusal("anchor-file-unavailable", RefusalKind.Unavailable, path);
        }

        return anchors;
    }

    /// <returns>Null when the line is on the disk.</returns>
    public async Task<Refusal?> AppendAsync(AuditAnchor anchor, CancellationToken cancellationToken)
    {
        var path = options.Value.AnchorPath!;
        var line = JsonSerializer.SerializeToUtf8Bytes(new Line(anchor.Id, Convert.ToHexStringLower(anchor.Hash), anchor.Count, anchor.At), JsonSerializerOptions.Web);
        try
        {
            var isTorn = await EndsTornAsync(path, cancellationToken);
            await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            await file.WriteAsync((byte[])[.. isTorn ? "\n"u8 : [], .. line, (byte)'\n'], cancellationToken);
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Refusal("anchor-file-unavailable", RefusalKind.Unavailable, path);
        }
    }

    // The next line must not continue one that was not written to its end.
    private static async Task<bool> EndsTornAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        if (file.Length == 0)
            return false;
        file.Seek(-1, SeekOrigin.End);
        var last = new byte[1];
        await file.ReadExactlyAsync(last, cancellationToken);
        return last[0] != (byte)'\n';
    }

    private static AuditAnchor? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text, JsonSerializerOptions.Web) is { Hash.Length: 2 * HashLength } line
                ? new AuditAnchor { Id = line.Id, Hash = Convert.FromHexString(line.Hash), Count = line.Count, At = line.At }
                : null;
        }
        catch (Exception damaged) when (damaged is JsonException or FormatException)
        {
            return null;
        }
    }

    private sealed record Line(long Id, string Hash, long Count, DateTimeOffset At);
}
