namespace MigrationPortal.Engine.Planning;

/// <param name="Choice">The options that decided about rights in the room (<see cref="RightsChoice"/>): with others the rights are the same.</param>
/// <param name="Room">Null for a room that no plan can be made for, or that the options leave behind.</param>
public sealed record RoomVariant(string Choice, PlannedRoom? Room);

/// <summary>
/// One room under all values of the options that decide about rights in it: mostly one, since mostly nobody is out of scope, federated or a
/// presenter without being a member.
/// </summary>
/// <param name="request">Its <see cref="PlanRequest.Rooms"/> do not matter.</param>
public sealed class RoomVariants(PlanRequest request)
{
    private readonly Dictionary<PlanOptions, RoomPlans> _plans = [];

    /// <summary>That of the request's own options first.</summary>
    public IEnumerable<RoomVariant> Of(ChatNode room)
    {
        var known = new List<string>();
        var open = new Queue<PlanOptions>([request.Options]);
        while (open.TryDequeue(out var options))
        {
            if (known.Exists(x => RightsChoice.Holds(x, options)))
                continue;
            var (planned, asked) = PlansFor(options).FindRights(room);
            known.Add(RightsChoice.Of(asked, options));
            yield return new RoomVariant(known[^1], planned);
            foreach (var other in RightsChoice.Others(asked, options))
                open.Enqueue(other);
        }
    }

    private RoomPlans PlansFor(PlanOptions options)
    {
        if (!_plans.TryGetValue(options, out var plans))
            _plans[options] = plans = new RoomPlans(request with { Options = options });
        return plans;
    }
}
