using System.Data.Common;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Undo;

/// <summary>Messages that a statement removed, as it answers them.</summary>
internal sealed class RemovedMessages(DbDataReader rows, int nodeId) : MessageSource
{
    private const int Columns = 5;

    private bool IsOfMessages => rows.FieldCount == Columns && string.Equals(rows.GetName(0), "chatId", StringComparison.OrdinalIgnoreCase);

    public override async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        // A trigger may answer before. No row of it must pass for a page that was gone: that is committed without being compared.
        while (!IsOfMessages)
            if (!await rows.NextResultAsync(cancellationToken)) throw new InvalidOperationException("The statement that removes messages answers which.");
        if (!await rows.ReadAsync(cancellationToken)) return false;
        try
        {
            (ChatId, Ticks, Author, IsAlert, Content) = (rows.Long(0), rows.Long(1), rows.Int(2), rows.Bool(3), Utf16Text.ToBytes(rows.GetString(4)));
            return true;
        }
        catch (Exception failure) when (NullableColumns.IsOfTheValue(failure))
        {
            throw Unreadable(nodeId, failure);
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
