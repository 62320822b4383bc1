using System.Globalization;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Batches.Planning;

/// <summary>The engine's plan as lines a person can read, in the order in which a run writes: one pass, nothing kept.</summary>
internal sealed class PlanLines(MigrationPlan plan, IReadOnlyDictionary<Guid, long> roomIds)
{
    private readonly Dictionary<Guid, string> _people = plan.Principals.ToDictionary(x => x.Guid, NameOf);

    public IEnumerable<PlanItem> Read(long planId) => Lines().Select((line, at) => new PlanItem
    {
        PlanId = planId,
        Ordinal = at + 1,
        Kind = line.Kind,
        Action = line.Action,
        Code = line.Code,
        Subject = line.Subject,
        RoomId = line.Room is { } room && roomIds.TryGetValue(room, out var id) ? id : null,
        Property = line.Property,
        Old = line.Old,
        New = line.New,
        Source = line.Source,
    });

    private IEnumerable<PlanLine> Lines() =>
        plan.Principals.SelectMany(Principal)
            .Concat(plan.Affiliations.Where(x => x.Principal != x.Affiliation).Select(Affiliation))
            .Concat(plan.AddIns.SelectMany(AddIn))
            .Concat(plan.Categories.SelectMany(Category))
            .Concat(Scopes())
            .Concat(plan.Rooms.SelectMany(Room))
            .Concat(plan.Rooms.SelectMany(Rights))
            .Concat(plan.Rooms.Where(x => x.Messages.Count > 0).Select(Messages))
            .Concat(plan.Rooms.Where(x => x.Files is { Found: > 0 }).Select(Files));

    private static IEnumerable<PlanLine> Principal(PlannedPrincipal person) =>
        Whole(PlanItemKinds.Principal, person.Action, NameOf(person), person.Decisions, new PlanLine { New = person.Uri });

    private PlanLine Affiliation(PlannedAffiliation row) => new()
    {
        Kind = PlanItemKinds.Affiliation,
        Action = PlanItemActions.Create,
        Code = "AffiliationKept",
        Subject = Person(row.Principal),
        New = Person(row.Affiliation),
    };

    private static IEnumerable<PlanLine> AddIn(PlannedAddIn addIn) =>
        Whole(PlanItemKinds.AddIn, addIn.Action, addIn.Name, addIn.Decisions, new PlanLine { New = addIn.Url });

    private IEnumerable<PlanLine> Category(PlannedCategory category)
    {
        var whole = Whole(
            PlanItemKinds.Category, category.Action, category.Name, category.Decisions, new PlanLine { Old = category.LegacyName, New = category.Name });
        // A category that is there already is used as it stands; its scope and creators are not touched.
        return category.Action == PlannedAction.Reuse
            ? whole
            : whole
                .Concat(category.LegacyScope is { } scope ? [ScopeOf(category, scope)] : [])
                .Concat(category.Scope.Except(category.LegacyScope?.People ?? []).Select(x => Grant(PlanItemKinds.Scope, "Admitted", category.Name, x)))
                .Concat(category.Creators.Select(x => Grant(PlanItemKinds.Creator, "CreatorFromManager", category.Name, x)));
    }

    /// <summary>Each scope once, however many categories have it: they name it, and its lines stand below the name of the node that defines it.</summary>
    private IEnumerable<PlanLine> Scopes() =>
        from scope in plan.Categories.Where(x => x.Action == PlannedAction.Create).Select(x => x.LegacyScope).OfType<LegacyScope>().DistinctBy(x => x.Definer)
        from person in scope.People
        select Grant(PlanItemKinds.Scope, "ScopeKept", scope.Name, person);

    private static PlanLine ScopeOf(PlannedCategory category, LegacyScope scope) => new()
    {
        Kind = PlanItemKinds.Category,
        Action = PlanItemActions.Change,
        Code = "ScopeKept",
        Subject = category.Name,
        Property = "AllowedMembers",
        New = scope.Name,
    };

    private PlanLine Grant(string kind, string code, string place, Guid principal) => new()
    {
        Kind = kind,
        Action = PlanItemActions.Create,
        Code = code,
        Subject = Person(principal),
        Property = place,
    };

    private static IEnumerable<PlanLine> Room(PlannedRoom room)
    {
        var line = new PlanLine
        {
            Kind = PlanItemKinds.Room,
            Action = PlanItemActions.Create,
            Code = room.Decisions.FirstOrDefault(x => x.Property == "Name")?.Code ?? "NameKept",
            Subject = room.Name,
            Room = room.Guid,
            Property = "Name",
            Old = room.LegacyName,
            New = room.Name,
        };
        return room.Decisions
            .Where(x => x.Property != "Name" && KindOfRight(x.Property) is null && x.Old != x.New)
            .Select(x => PlanLine.Of(PlanItemKinds.Room, room.Name, x) with { Room = room.Guid })
            .Prepend(line);
    }

    /// <summary>A right's line names the person; the room it is on stands in Property.</summary>
    private static IEnumerable<PlanLine> Rights(PlannedRoom room) =>
        from decision in room.Decisions
        let kind = KindOfRight(decision.Property)
        where kind is not null
        select PlanLine.Of(kind, decision.New ?? decision.Old ?? "", decision) with
        {
            Action = decision.New is null ? PlanItemActions.Drop : PlanItemActions.Create,
            Room = room.Guid,
            Property = room.Name,
        };

    private static PlanLine Messages(PlannedRoom room) => new()
    {
        Kind = PlanItemKinds.Messages,
        Action = PlanItemActions.Create,
        Code = "MessagesCopied",
        Subject = room.Name,
        Room = room.Guid,
        New = room.Messages.Count.ToString(CultureInfo.InvariantCulture),
        Source = $"{room.Messages.FirstChatId}–{room.Messages.LastMessageId}",
    };

    private static PlanLine Files(PlannedRoom room) => new()
    {
        Kind = PlanItemKinds.Files,
        Action = PlanItemActions.Create,
        Code = "FilesCopied",
        Subject = room.Name,
        Room = room.Guid,
        New = room.Files!.Found.ToString(CultureInfo.InvariantCulture),
        Source = string.Create(CultureInfo.InvariantCulture, $"{room.Files.Bytes} bytes"),
    };

    /// <summary>One line for the thing (its first decision says why), one for each further decision that changes a value.</summary>
    private static IEnumerable<PlanLine> Whole(
        string kind, PlannedAction action, string subject, IReadOnlyList<Decision> decisions, PlanLine values) =>
        decisions.Skip(1)
            .Where(x => x.Old != x.New)
            .Select(x => PlanLine.Of(kind, subject, x))
            .Prepend(values with
            {
                Kind = kind,
                Action = action == PlannedAction.Reuse ? PlanItemActions.Reuse : PlanItemActions.Create,
                Code = decisions.Count > 0 ? decisions[0].Code : action.ToString(),
                Subject = subject,
            });

    private static string? KindOfRight(string property) => property switch
    {
        "Member" => PlanItemKinds.Member,
        "Manager" => PlanItemKinds.Manager,
        "Voiced" => PlanItemKinds.Presenter,
        _ => null,
    };

    private string Person(Guid guid) => _people.GetValueOrDefault(guid) ?? guid.ToString();

    private static string NameOf(PlannedPrincipal person) =>
        person.DisplayName is { Length: > 0 } display ? display : person.Name is { Length: > 0 } name ? name : person.Uri;
}
