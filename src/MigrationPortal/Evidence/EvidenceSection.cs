using System.Data;
using Npgsql;

namespace MigrationPortal.Evidence;

/// <summary>One list of the package, written as JSON and as CSV.</summary>
/// <param name="Name">Of its two files, without their ending.</param>
/// <param name="Sql">
/// <c>$1</c> is the batch; ordered, so that the same state gives the same bytes. A column's name is that of the JSON property; jsonb is a sentence
/// that is worded in English, unless its name is among <paramref name="Plain"/>.
/// </param>
/// <param name="Plain">Columns of jsonb that are data.</param>
internal sealed record EvidenceSection(string Name, string Sql, params string[] Plain)
{
    /// <summary>One row at a time is in memory.</summary>
    public async Task ReadAsync(NpgsqlConnection connection, long batchId, IEvidenceRows rows, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new() { Value = batchId } }, CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken);
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        var sentences = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetDataTypeName(i) == "jsonb" && !Plain.Contains(names[i], StringComparer.Ordinal)).ToArray();
        var plain = names.Select(x => Plain.Contains(x, StringComparer.Ordinal)).ToArray();
        await rows.BeginAsync(names, cancellationToken);
        var values = new EvidenceValue[names.Length];
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = EvidenceValue.Of(reader.IsDBNull(i) ? null : reader.GetValue(i), sentences[i], plain[i]);
            await rows.WriteAsync(values, cancellationToken);
        }

        await rows.EndAsync(cancellationToken);
    }
}

/// <summary>Where the rows of a section go.</summary>
internal interface IEvidenceRows
{
    Task BeginAsync(IReadOnlyList<string> names, CancellationToken cancellationToken);

    Task WriteAsync(IReadOnlyList<EvidenceValue> values, CancellationToken cancellationToken);

    Task EndAsync(CancellationToken cancellationToken);
}
