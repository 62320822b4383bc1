namespace MigrationPortal.Engine.Planning;

/// <summary>Plans the category rows that the batch's rooms need: every value depends on the legacy category and the part alone.</summary>
internal sealed class CategoryPlanner(
    PlanRequest request,
    LegacyTree tree,
    EffectiveSettings settings,
    FinalNames names,
    RoomRights rights,
    ScopeSets scopes,
    PrincipalPlanner principals,
    Admissions admissions)
{
    private readonly Dictionary<Guid, ChatNode> _present =
        request.New.Nodes.Where(node => node.IsCategory).ToDictionary(node => node.Guid);

    public IReadOnlyList<PlannedCategory> Plan(IEnumerable<RoomFacts> rooms, IEnumerable<CategoryPart> empty) =>
        [.. rooms.Select(room => room.Part).Concat(empty)
            .DistinctBy(part => part.Guid)
            .OrderBy(part => part.Category.NodeId)
            .ThenByDescending(part => part.IsOwn)
            .ThenBy(part => part.Guid.ToString("D"), StringComparer.Ordinal)
            .Select(Plan)];

    public PlannedCategory Plan(CategoryPart part)
    {
        var category = part.Category;
        var present = _present.GetValueOrDefault(part.Guid);
        var (name, nameCode) = names.OfCategory(category, part.Guid, part.Suffix);
        var admitted = admissions.Of(part).ToList();
        var keepsAudit = request.Options.NodeAuditIds == NodeAuditIds.Preserve;
        return new PlannedCategory
        {
            Guid = part.Guid,
            Action = present is null ? PlannedAction.Create : PlannedAction.Reuse,
            LegacyNodeId = category.NodeId,
            IsOwnPart = part.IsOwn,
            NewId = present?.NodeId,
            Name = name,
            LegacyName = tree.CategoryPath(category) is { Length: > 0 } below ? below : category.Name,
            Description = category.Description,
            Invite = settings.Invite(category),
            Logged = part.Logged,
            FilePost = part.FilePost,
            AddedBy = keepsAudit ? principals.GuidOf(category.AddedBy) : null,
            AddedOn = category.AddedOn,
            UpdatedBy = keepsAudit ? principals.GuidOf(category.UpdatedBy) : null,
            UpdatedOn = category.UpdatedOn,
            Scope = admitted.Count == 0 ? part.Scope.Guids : [.. part.Scope.Guids.Concat(admitted.Select(p => p.Guid)).Distinct().Order()],
            LegacyScope = scopes.DefinerOf(part.Scope) is { } definer && part.Scope.Guids.Count > 0 ? new(definer.Guid, SourceOf(definer)!, part.Scope.Guids) : null,
            Creators = [.. rights.OfCategory(category, part.Scope).Of(RoleType.Creator).Select(p => p.Guid).Order()],
            Decisions =
            [
                new(present is null ? "CategoryCreated" : "CategoryReused", "Category", null, present?.Name ?? name),
                new(nameCode, "Name", category.Name, name, nameCode switch { "NamePrefixed" or "NameSplit" => tree.CategoryPath(category), "NameOfOption" => "RootCategory", "NameChosen" => "NewName", _ => null }),
                new(part.Guid == category.Guid ? "GuidKept" : "GuidOfPart", "Identity", category.Guid.ToString("D"), part.Guid.ToString("D")),
                new("Resolved", "Invitations", Word(category.Invite), Word(settings.Invite(category)), SourceOf(settings.InviteSource(category))),
                new("Resolved", "History", Word(category.Logged), Word(part.Logged), part.IsOwn ? SourceOf(settings.LoggedSource(category)) : "rooms of this part"),
                new("Resolved", "Uploads", Word(category.FilePost), Word(part.FilePost), part.IsOwn ? SourceOf(settings.FilePostSource(category)) : "rooms of this part"),
                .. keepsAudit ? Audit(category) : [],
                .. admitted.Select(p => new Decision("Admitted", "AllowedMember", null, DisplayNames.Of(p), "OutOfScope") { Principal = p.Guid }),
            ],
        };
    }

    // Whoever made or changed it is not there any more: the new pool's own system user stands in.
    private IEnumerable<Decision> Audit(ChatNode category)
    {
        if (principals.GuidOf(category.AddedBy) is null)
            yield return new("AuditBySystem", "AddedBy", $"principal {category.AddedBy}", "system");
        if (principals.GuidOf(category.UpdatedBy) is null)
            yield return new("AuditBySystem", "UpdatedBy", $"principal {category.UpdatedBy}", "system");
    }

    private string? SourceOf(ChatNode? node) => node is null ? "nothing set: the product's default" : node.NodeId == tree.Root?.NodeId ? node.Name : tree.CategoryPath(node);

    private static string Word(bool? value) => value switch { true => "on", false => "off", null => "inherited" };
}
