using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P14: an add-in's name has 50 characters at most, its URL 255, http or https, and names are unique.</summary>
internal sealed class P14AddIns : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var legacy = facts.Request.Legacy.AddIns.ToDictionary(a => a.Id);
        var present = facts.Request.New.AddIns;
        foreach (var room in facts.Rooms)
        {
            if (room.Room.AddInId is not { } id || present.Any(a => a.Id == id))
                continue;
            if (Reason(legacy.GetValueOrDefault(id), present, legacy.Values, facts.Request) is { } reason)
                yield return new Finding("P14", Severity.Blocker, room.Room.Guid, room.Room.Name,
                    $"Its add-in “{legacy.GetValueOrDefault(id)?.Name ?? id.ToString("D")}” {reason}: mend the add-in in the old tool and scan again, or leave the room out.");
        }
    }

    private static string? Reason(ChatAddIn? addIn, IReadOnlyList<ChatAddIn> present, IEnumerable<ChatAddIn> legacy, PlanRequest request) => addIn switch
    {
        null => "is not registered",
        { Name.Length: > 50 } => $"has a name of {addIn.Name.Length} characters, 50 are allowed",
        { Url.Length: > 255 } => $"has a URL of {addIn.Url.Length} characters, 255 are allowed",
        _ when !IsWeb(addIn.Url) => "has a URL that is neither http nor https",
        _ when present.Concat(legacy).Any(a => a.Id != addIn.Id && request.NameKey(a.Name) == request.NameKey(addIn.Name)) => "has a name that another add-in has",
        _ => null,
    };

    private static bool IsWeb(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == "http" || uri.Scheme == "https");
}
