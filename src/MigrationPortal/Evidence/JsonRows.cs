using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MigrationPortal.Evidence;

/// <summary>An array of objects, one a line.</summary>
internal sealed class JsonRows(Stream stream) : IEvidenceRows
{
    // Readable for people: the files are never put into a page.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string[] _keys = [];
    private long _count;

    public async Task BeginAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        _keys = [.. names.Select(x => $"{JsonSerializer.Serialize(x)}:")];
        await WriteTextAsync("[", cancellationToken);
    }

    public Task WriteAsync(IReadOnlyList<EvidenceValue> values, CancellationToken cancellationToken)
    {
        var line = new StringBuilder(_count++ == 0 ? "\n{" : ",\n{");
        for (var i = 0; i < values.Count; i++)
        {
            line.Append(i == 0 ? "" : ",").Append(_keys[i]).Append(values[i] switch
            {
                { Kind: EvidenceValueKind.Null } => "null",
                { Kind: EvidenceValueKind.Text, Text: var text } => JsonSerializer.Serialize(text, Readable),
                { Text: var text } => text,
            });
        }

        return WriteTextAsync(line.Append('}').ToString(), cancellationToken);
    }

    public Task EndAsync(CancellationToken cancellationToken) => WriteTextAsync("\n]\n", cancellationToken);

    private async Task WriteTextAsync(string text, CancellationToken cancellationToken) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
}
