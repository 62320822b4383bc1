using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>Rows of tblNode. A room whose identity is missing, or stands twice, is listed under a stand-in and blocked, so that people see it.</summary>
internal sealed class NodeRows(ChatLookups lookups, RowFaults faults)
{
    private static readonly Wording Twice = new("Fault.Twice");

    // Identities of rooms and categories that have none; nothing is ever written under them.
    private static readonly Guid _standIns = new("b0a3e7c1-54d2-4f0e-9a86-2f6c1d7e8b35");

    private readonly HashSet<int> _ids = [];
    private readonly Dictionary<Guid, int> _guids = [];

    public ChatNode? Read(ChatRow row)
    {
        if (row.NeedInt(0) is not { } id) return null;
        if (!_ids.Add(id))
        {
            row.Fault(0, Twice);
            return null;
        }
        return new ChatNode
        {
            NodeId = id,
            Guid = Identity(row, id),
            ParentId = row.Int(2),
            // What is neither is nobody's guess: as a room it is listed, blocked, and the parent of nothing.
            IsCategory = row.NeedBool(3) ?? false,
            Name = row.NeedText(4) ?? "",
            Description = row.Text(5) ?? "",
            Topic = row.Text(6),
            Invite = row.Bool(7),
            Logged = row.Bool(8),
            FilePost = row.Bool(9),
            Disabled = row.AssumeBool(10, false, "Assumed.NotDisabled"),
            Behavior = Behavior(row),
            Visibility = row.Int(12) is { } visibility ? lookups.VisibilityOf(visibility) : null,
            AddInId = row.Guid(13),
            AddedBy = row.Int(14) ?? 0,
            AddedOn = row.AssumeLong(15, 0, "Assumed.NoDate"),
            UpdatedBy = row.Int(16) ?? 0,
            UpdatedOn = row.AssumeLong(17, 0, "Assumed.NoDate"),
            PurgedOn = row.Time(18),
            Inheritance = row.AssumeBool(19, false, "Assumed.NotInherited"),
            OverrideMember = row.AssumeBool(20, false, "Assumed.NotOverridden"),
            RestrictChildCreate = row.Bool(21),
            ScopeDefinerId = row.NeedIntOfPresent(22),
            RoleDefinerId = row.NeedIntOfPresent(23),
        };
    }

    private Guid Identity(ChatRow row, int id)
    {
        if (row.NeedGuid(1) is { } guid)
        {
            if (_guids.TryAdd(guid, id)) return guid;
            row.Fault(1, Twice);
            faults.Add(new RowFault("tblNode", "nodeGuid", $"nodeID {_guids[guid]}", Twice) { NodeId = _guids[guid], Blocks = true });
        }
        return Hashes.UuidV5(_standIns, $"node {id}");
    }

    private string Behavior(ChatRow row)
    {
        if (row.Int(11) is { } behavior) return lookups.BehaviorOf(behavior);
        row.AssumeLong(11, 0, "Assumed.Normal");
        return "normal";
    }
}
