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
                if (string.IsNullOrWhiteSpace(line))
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
            await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            await file.WriteAsync(line.Append((byte)'\n').ToArray(), cancellationToken);
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Refusal("anchor-file-unavailable", RefusalKind.Unavailable, path);
        }
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
