namespace MigrationPortal.Engine.Planning;

/// <summary>Plans one room: where it goes, what it is called, who may do what, and why.</summary>
/// <param name="standing">Null where rooms are planned as if the new pool had none of their categories.</param>
internal sealed class RoomPlanner(
    PlanRequest request,
    LegacyTree tree,
    EffectiveSettings settings,
    CategoryParts parts,
    FinalNames names,
    RoomRights rights,
    PrincipalPlanner principals,
    AddInPlanner addIns,
    StandingCategories? standing,
    IReadOnlyDictionary<int, MessageSummary> messages)
{
    /// <summary>Either the facts, or the code of what is broken.</summary>
    public (RoomFacts? Facts, BrokenRoom? Broken) Plan(ChatNode room)
    {
        if (tree.PathOf(room) is not { } path)
            return Broken(room, "TreeBroken");
        if (path.Count < 2 || (path.Count == 2 && request.Options.RoomUnderRoot == RoomUnderRoot.Block))
            return Broken(room, "RoomUnderRoot");
        if (parts.Of(room, path[^2]) is not { } part)
            return Broken(room, "ScopeDefinerInvalid");
        if (rights.OfRoom(room, part.Scope) is not { } list)
            return Broken(room, "RoleDefinerInvalid");
        var visibility = settings.Visibility(room);
        if (visibility is not ("private" or "scope"))
            return Broken(room, "VisibilityUnknown");
        if (room.Behavior is not ("normal" or "auditorium"))
            return Broken(room, "BehaviorUnknown");

        var (name, nameCode) = names.OfRoom(room);
        var category = standing?.Of(part) ?? StandingCategories.AsPlanned(part);
        list = category.Scope?.Narrow(list) ?? list;
        var invite = RoomInvitations.Decide(room, category.Invite ?? settings.Invite(part.Category), settings, SourceOf(part.Category));
        return (new RoomFacts { Room = room, Part = part, Category = category, Rights = list, NameCode = nameCode, Planned = Row(room, part, list, visibility, invite, name, nameCode) }, null);
    }

    private static (RoomFacts?, BrokenRoom?) Broken(ChatNode room, string code) => (null, new BrokenRoom(room, code));

    private PlannedRoom Row(
        ChatNode room, CategoryPart part, RightsList list, string visibility, (bool? Value, Decision Decision) invite, string name, string nameCode)
    {
        var topic = RoomTopic.Decide(room, request.Options);
        var addIn = addIns.Decide(room);
        var keepsAudit = request.Options.NodeAuditIds == NodeAuditIds.Preserve;
        return new PlannedRoom
        {
            Guid = room.Guid,
            LegacyNodeId = room.NodeId,
            Category = part.Guid,
            Name = name,
            LegacyName = room.Name,
            Description = topic.Description,
            Invite = invite.Value,
            Disabled = room.Disabled,
            Behavior = room.Behavior,
            Visibility = visibility,
            AddInId = addIn.Id,
            AddedBy = keepsAudit ? principals.GuidOf(room.AddedBy) : null,
            AddedOn = room.AddedOn,
            UpdatedBy = keepsAudit ? principals.GuidOf(room.UpdatedBy) : null,
            UpdatedOn = room.UpdatedOn,
            Members = Guids(list, RoleType.Member),
            Managers = Guids(list, RoleType.Manager),
            Presenters = Guids(list, RoleType.Voiced),
            CutOffTicks = request.Options.CutOffTicks,
            Messages = messages.GetValueOrDefault(room.NodeId) ?? new MessageSummary { NodeId = room.NodeId },
            Decisions =
            [
                new(nameCode, "Name", room.Name, name, nameCode switch { "NamePrefixed" or "NameShortened" => SourceOf(part.Category), "NameChosen" => "NewName", _ => null }),
                .. topic.Decision is { } t ? [t] : Array.Empty<Decision>(),
                invite.Decision,
                .. room.Disabled ? [new Decision("DisabledKept", "Disabled", "disabled", "disabled", "DisabledRooms")] : Array.Empty<Decision>(),
                new(room.Visibility is null || settings.IsHidden(room) ? "PrivacyResolved" : "PrivacyKept", "Privacy", room.Visibility, visibility, settings.VisibilitySource(room) is { } from && from.NodeId != room.NodeId ? SourceOf(from) : null),
                .. addIn.Decision is { } a ? [a] : Array.Empty<Decision>(),
                .. list.Grants.Select(Granted),
                .. list.Lost.Select(Lost),
            ],
        };
    }

    private static List<Guid> Guids(RightsList list, RoleType type) => [.. list.Of(type).Select(p => p.Guid).Order()];

    private Decision Granted(Grant grant) => new(grant.Code, grant.Type.ToString(), null, DisplayNames.Of(grant.Principal), SourceOf(grant.Source)) { Principal = grant.Principal.Guid };

    private Decision Lost(LostRight lost) => new(lost.Code, lost.Type.ToString(), DisplayNames.Of(lost.Principal), null, SourceOf(lost.Source)) { Principal = lost.Principal.Guid, Loses = lost.Loses };

    private string SourceOf(ChatNode node) => node.IsCategory && node.NodeId != tree.Root?.NodeId ? tree.CategoryPath(node) : node.Name;
}

internal static class DisplayNames
{
    public static string Of(ChatPrincipal principal) =>
        PersonNames.Plain(principal.DisplayName) is { Length: > 0 } display ? display : PersonNames.Plain(principal.Name) is { Length: > 0 } name ? name : principal.Uri;
}
