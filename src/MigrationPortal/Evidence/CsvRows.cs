using CsvHelper;
using MigrationPortal.Lists;

namespace MigrationPortal.Evidence;

/// <summary>As the portal's other lists, but with a comma and the same titles in every language: the same state gives the same bytes.</summary>
internal sealed class CsvRows(Stream stream) : IEvidenceRows
{
    private CsvWriter? _csv;

    public async Task BeginAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        _csv = CsvWriter.Create(stream, new CsvWriterOptions { Separator = ',', WriteByteOrderMark = true }, leaveOpen: true);
        foreach (var name in names)
            _csv.WriteCell(name);
        await _csv.EndRecordAsync(cancellationToken);
    }

    public async Task WriteAsync(IReadOnlyList<EvidenceValue> values, CancellationToken cancellationToken)
    {
        foreach (var value in values)
        {
            // A number that the portal wrote stays one.
            var text = value switch { { Text: null } => "", { Kind: EvidenceValueKind.Bare } => value.Text, _ => GuardedText.Write(value.Text) };
            _csv!.WriteCell(text);
        }

        await _csv!.EndRecordAsync(cancellationToken);
    }

    public async Task EndAsync(CancellationToken cancellationToken) => await _csv!.DisposeAsync();
}
