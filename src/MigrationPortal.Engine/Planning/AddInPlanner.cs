namespace MigrationPortal.Engine.Planning;

/// <summary>Add-ins that moved rooms use, by their id. One that is there is reused as it stands; one that the new pool would refuse blocks, or is dropped.</summary>
internal sealed class AddInPlanner(PlanRequest request)
{
    private readonly Dictionary<Guid, ChatAddIn> _legacy = request.Legacy.AddIns.ToDictionary(a => a.Id);
    private readonly TextLimits _texts = new(request);
    private readonly Dictionary<Guid, ChatAddIn> _new = request.New.AddIns.ToDictionary(a => a.Id);

    public (Guid? Id, Decision? Decision) Decide(ChatNode room)
    {
        if (room.AddInId is not { } id)
            return (null, null);
        var name = _legacy.GetValueOrDefault(id)?.Name ?? id.ToString("D");
        return request.Options.InvalidAddIn == InvalidAddIn.Drop && FindFault(id) is not null
            ? (null, new("AddInDropped", "AddIn", name, null, "InvalidAddIn"))
            : (id, new("AddInKept", "AddIn", name, Resulting(id)?.Name));
    }

    /// <summary>Why the new pool would not take the add-in; null when it would, or has it.</summary>
    public Wording? FindFault(Guid id) => _new.ContainsKey(id) ? null : _legacy.GetValueOrDefault(id) switch
    {
        null => new("AddIn.NotRegistered"),
        { Name.Length: 0 } => new("AddIn.NoName"),
        { } addIn when WrittenTexts.Of(addIn).Select(_texts.FindProblem).FirstOrDefault(problem => problem is not null) is { } problem => problem,
        { } addIn when !IsWeb(addIn.Url) => new("AddIn.NotWeb"),
        { } addIn when _new.Values.Concat(_legacy.Values).Any(a => a.Id != id && request.NameKey(a.Name) == request.NameKey(addIn.Name)) => new("AddIn.NameTaken"),
        _ => null,
    };

    public IReadOnlyList<PlannedAddIn> Plan(IEnumerable<PlannedRoom> rooms) =>
        [.. rooms.Select(r => r.AddInId).OfType<Guid>().Distinct().Order().Select(Row).OfType<PlannedAddIn>()];

    private static bool IsWeb(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == "http" || uri.Scheme == "https");

    private ChatAddIn? Resulting(Guid id) => _new.GetValueOrDefault(id) ?? _legacy.GetValueOrDefault(id);

    private PlannedAddIn? Row(Guid id)
    {
        if (_new.GetValueOrDefault(id) is { } present)
        {
            var differs = _legacy.GetValueOrDefault(id) is { } legacy && legacy != present;
            return new(id, present.Name, present.Url, PlannedAction.Reuse, [new(differs ? "AddInDiffers" : "AddInReused", "AddIn", _legacy.GetValueOrDefault(id)?.Name, present.Name)]);
        }

        return _legacy.GetValueOrDefault(id) is { } missing
            ? new(id, missing.Name, missing.Url, PlannedAction.Create, [new("AddInCreated", "AddIn", missing.Name, missing.Name)])
            : null;
    }
}
