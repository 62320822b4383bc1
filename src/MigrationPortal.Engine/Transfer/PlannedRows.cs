using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>Every row but the messages that a plan writes, table by table in the order in which foreign keys allow them.</summary>
internal sealed class PlannedRows(MigrationPlan plan, IdMap ids, TargetFacts facts, SqlDialect dialect)
{
    public IReadOnlyList<TableRows> List()
    {
        var categories = plan.Categories.Where(x => x.Action == PlannedAction.Create).ToList();
        var tables = new List<TableRows> { new(TargetTables.Principal, [.. Created().Select(Principal)]) };
        if (facts.Schema.Catalog.Has("tblPrincipalAffiliations"))
            tables.Add(new(TargetTables.Affiliation(dialect),
                [.. plan.Affiliations.Select(x => new object?[] { ids.Principal(x.Principal), x.Index, ids.Principal(x.Affiliation), facts.SystemUser })]));
        if (facts.Schema.Catalog.Has("tblPrincipalMeta"))
            tables.Add(new(TargetTables.Meta,
                [.. Created().Where(x => x.SchedulesDirectorySync).Select(x => new object?[] { ids.Principal(x.Guid), true, true, false, 0, null, null })]));
        tables.Add(new(TargetTables.AddIn,
            [.. plan.AddIns.Where(x => x.Action == PlannedAction.Create).Select(x => new object?[] { x.Id, Raw(x.Name), Raw(x.Url) })]));
        tables.Add(new(TargetTables.Node, [.. categories.Select(Category)]));
        tables.Add(new(TargetTables.Scope(facts.Schema.Catalog.ScopeTable),
            [.. from category in categories from guid in category.Scope select new object?[] { ids.Node(category.Guid), ids.Principal(guid), false, facts.SystemUser }]));
        tables.Add(new(TargetTables.Role, [.. categories.SelectMany(x => Roles(x.Guid, RoleType.Creator, x.Creators))]));
        tables.Add(new(TargetTables.Node, [.. plan.Rooms.Select(Room)]));
        tables.Add(new(TargetTables.Role,
            [.. plan.Rooms.SelectMany(x => (IEnumerable<object?[]>)
                [.. Roles(x.Guid, RoleType.Member, x.Members), .. Roles(x.Guid, RoleType.Manager, x.Managers), .. Roles(x.Guid, RoleType.Voiced, x.Presenters)])]));
        return tables;
    }

    private IEnumerable<PlannedPrincipal> Created() => plan.Principals.Where(x => x.Action == PlannedAction.Create);

    private object?[] Principal(PlannedPrincipal x) =>
    [
        ids.Principal(x.Guid), x.Guid, Raw(x.Uri), Raw(x.Name), Raw(x.DisplayName), Raw(x.CompanyName), Raw(x.Email), Raw(x.DirectoryPath), Raw(x.UserPrincipalName), x.Disabled,
        (short)facts.Lookups.NumberOf(x.Type)!.Value, null, null, facts.SystemUser, x.AddedOn, facts.SystemUser, x.UpdatedOn, x.VerifiedOn,
    ];

    private object?[] Category(PlannedCategory x) =>
    [
        ids.Node(x.Guid), x.Guid, facts.Root, true, Raw(x.Name), Raw(x.Description), x.Invite, x.Logged, x.FilePost, false, facts.CategoryBehavior,
        facts.CategoryVisibility, null, Person(x.AddedBy), x.AddedOn, Person(x.UpdatedBy), x.UpdatedOn, null,
    ];

    private object?[] Room(PlannedRoom x) =>
    [
        ids.Node(x.Guid), x.Guid, ids.Node(x.Category), false, Raw(x.Name), Raw(x.Description), x.Invite, null, null, x.Disabled,
        (short)facts.Lookups.NumberOfBehavior(x.Behavior)!.Value, (short)facts.Lookups.NumberOfVisibility(x.Visibility)!.Value, x.AddInId,
        Person(x.AddedBy), x.AddedOn, Person(x.UpdatedBy), x.UpdatedOn, x.PurgedOn,
    ];

    private IEnumerable<object?[]> Roles(Guid node, RoleType type, IReadOnlyList<Guid> people) =>
        people.Select(x => new object?[] { ids.Node(node), ids.Principal(x), facts.Lookups.NumberOf(type)!.Value, facts.SystemUser });

    private static string? Raw(string? visible) => visible is null ? null : VisibleText.Raw(visible);

    private int Person(Guid? guid) => guid is { } person ? ids.Principal(person) : facts.SystemUser;
}
