using System.Data.Common;
using System.Globalization;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Verification;

/// <summary>Reads the written room and its category back and compares every property with the plan.</summary>
internal sealed class RoomReadback(ChatSession target, PlannedRoom room, IdMap ids)
{
    // Their columns in the statement below.
    private const int Behavior = 7;
    private const int Visibility = 8;

    private readonly List<SettingDifference> _found = [];

    public async Task<IReadOnlyList<SettingDifference>> CompareAsync(long? counter, CancellationToken cancellationToken)
    {
        var rows = await ChatSession.ListAsync(
            target.Command("""
                select n.nodeID, n.nodeName, n.nodeDesc, n.invite, n.logged, n.filePost, n.disabled, n.behavior, n.visibility, n.siopID, p.nodeGuid,
                    n.nodeAddedBy, n.nodeAddedOn, n.nodeUpdatedBy, n.nodeUpdatedOn, n.nodeType
                from tblNode n
                left join tblNode p on p.nodeID = n.parentID
                where n.nodeGuid = @guid
                """, ("guid", room.Guid)),
            row => (Id: row.TryInt(0), Values: Enumerable.Range(0, row.FieldCount).Select(i => Value(row, i)).ToArray()),
            cancellationToken);
        if (rows.Count == 0) return [new SettingDifference("Room", room.Name, "")];
        var (id, values) = rows[0];
        if (rows.Count > 1) _found.Add(new SettingDifference("Id", Text(ids.Node(room.Guid)), string.Join(", ", rows.Select(x => Text(x.Id)))));
        else Same("Id", ids.Node(room.Guid), id);
        var words = await EnumWords.ReadAsync(target, cancellationToken);
        values[Behavior] = Word(values[Behavior], words.BehaviorOf);
        values[Visibility] = Word(values[Visibility], words.VisibilityOf);
        object?[] planned =
        [
            room.Name, room.Description, room.Invite, null, null, room.Disabled, room.Behavior, room.Visibility, room.AddInId, room.Category,
            Person(room.AddedBy), room.AddedOn, Person(room.UpdatedBy), room.UpdatedOn, false,
        ];
        string[] names =
        [
            "Name", "Description", "Invitations", "History", "Files", "Disabled", "Type", "Privacy", "AddIn", "Category",
            "AddedBy", "AddedOn", "UpdatedBy", "UpdatedOn", "Kind",
        ];
        for (var i = 0; i < names.Length; i++)
            if (names[i] is not ("AddedBy" or "UpdatedBy") || planned[i] is not null) Same(names[i], planned[i], values[i + 1]);
        await CompareCounterAsync(ids.Node(room.Guid), counter, cancellationToken);
        return _found;
    }

    private static object? Value(DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetValue(i) is string text ? VisibleText.Of(text) : row.GetValue(i);

    // The two numbers are the pool's own; a number without a word is shown as it is.
    private static object? Word(object? number, Func<int, string?> wordOf) =>
        number is IConvertible value && decimal.TryParse(value.ToString(CultureInfo.InvariantCulture), NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed) && parsed is >= int.MinValue and <= int.MaxValue
            ? wordOf((int)parsed) ?? number
            : number;

    private int? Person(Guid? guid) => guid is { } person ? ids.Principal(person) : null;

    // One row, at the legacy counter or, once somebody posted in the new room, above it.
    private async Task CompareCounterAsync(int id, long? counter, CancellationToken cancellationToken)
    {
        var rows = await ChatSession.ListAsync(
            target.Command("select lastChatID from tblLastChatId where nodeID = @node order by lastChatID", ("node", id)), row => row.TryLong(0), cancellationToken);
        var holds = counter is { } wanted ? rows.Count == 1 && rows[0] >= wanted : rows.Count <= 1;
        if (!holds) _found.Add(new SettingDifference("LastChatId", Text(counter), string.Join(", ", rows.Select(x => x is null ? "NULL" : Text(x)))));
    }

    private void Same(string property, object? planned, object? found)
    {
        if (!Equals(planned, found)) _found.Add(new SettingDifference(property, Text(planned), Text(found)));
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        bool bit => bit ? "yes" : "no",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
