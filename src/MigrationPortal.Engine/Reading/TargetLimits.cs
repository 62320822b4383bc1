using System.Globalization;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>What keeps a new pool from taking any row at all, found while there is time to mend it.</summary>
internal static class TargetLimits
{
    /// <summary>Far more than one run gives out; below it, numbers above the highest one might not fit 32 bits.</summary>
    private const int Reserve = 1_000_000;

    public static readonly (string Table, string Column)[] NodeNumbers = [("tblNode", "nodeID"), ("tblChat", "channelId"), ("tblLastChatId", "nodeID"), ("tblPrincipalInvites", "nodeID")];

    /// <summary>Blocks nothing by itself: <see cref="Preflight.UniqueAddresses"/> looks whom it keeps out.</summary>
    public static readonly Wording AddressesAreUnique = new("Fault.UniqueAddress");

    public static bool KeepsAddressesUnique(ChatPool pool) => pool.Faults.Any(fault => fault.Problem.Equals(AddressesAreUnique));

    public static async Task CheckAsync(ChatSession session, ChatSchema schema, RowFaults faults, CancellationToken cancellationToken)
    {
        foreach (var note in schema.Report.Notes.Where(x => x.Severity == Severity.Blocker))
            faults.Add(new RowFault("", "", note.Subject, note.Wording) { Blocks = true });
        if (await session.Dialect.IsUniqueAsync(session, "tblPrincipal", "prinUri", cancellationToken))
            faults.Add(new RowFault("tblPrincipal", "prinUri", "prinUri", AddressesAreUnique));
        foreach (var (table, column) in NodeNumbers.Append((Table: "tblPrincipal", Column: "prinID")).Where(x => schema.Catalog.Has(x.Table)))
        {
            var highest = await ChatSession.ScalarAsync<long?>(session.Command($"select max({column}) from {table}"), cancellationToken);
            if (highest > int.MaxValue - Reserve)
                faults.Add(new RowFault(table, column, $"{column} {highest.Value.ToString(CultureInfo.InvariantCulture)}", new("Fault.NumbersUsedUp")) { Blocks = true });
        }
    }
}
