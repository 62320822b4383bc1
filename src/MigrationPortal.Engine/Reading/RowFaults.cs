namespace MigrationPortal.Engine.Reading;

/// <summary>The faults of one reading, summed where they are of one kind.</summary>
internal sealed class RowFaults
{
    private readonly Dictionary<(string, string, Wording, int?, int?, bool), RowFault> _found = [];

    public IReadOnlyList<RowFault> List() => [.. _found.Values];

    public void Add(RowFault fault)
    {
        var kind = (fault.Table, fault.Column, fault.Problem, fault.NodeId, fault.PrincipalId, fault.Blocks);
        _found[kind] = _found.TryGetValue(kind, out var known) ? known with { Rows = known.Rows + fault.Rows } : fault;
    }
}

/// <summary>What the rows of one statement are: their columns in order, the first of which are the key.</summary>
/// <param name="Columns">Null where the database has no such column: its absence is the probe's to tell.</param>
/// <param name="NodeColumn">Which column says the node that a row is about.</param>
internal sealed record RowShape(string Table, IReadOnlyList<string?> Columns, int KeyLength, int? NodeColumn = null, int? PrincipalColumn = null);
