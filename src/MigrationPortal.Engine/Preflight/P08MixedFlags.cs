using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P08: history and uploads are decided by the category; rooms that differ are split off, or change (trap 24).</summary>
internal sealed class P08MixedFlags : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        foreach (var category in facts.Plan.Categories.Where(c => !c.IsOwnPart))
            yield return new Finding("P08", Severity.Info, null, category.Name,
                $"Rooms of {category.LegacyName} that differ in history, uploads or scope get this category of their own, so that nothing changes for their people.");

        foreach (var room in facts.Rooms)
        {
            var history = Change("history", facts.Settings.Logged(room.Room), room.Part.Logged);
            var uploads = Change("uploads", facts.Settings.FilePost(room.Room), room.Part.FilePost);
            if (history is not null || uploads is not null)
                yield return new Finding("P08", Severity.Warning, room.Room.Guid, room.Room.Name,
                    "The room takes over its category's setting: " + string.Join(", ", new[] { history, uploads }.OfType<string>()) + ".");
        }
    }

    private static string? Change(string what, bool old, bool planned) =>
        old == planned ? null : $"{what} {(old ? "on → off" : "off → on")}";
}
