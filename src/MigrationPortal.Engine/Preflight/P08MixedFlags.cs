using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P08: history and uploads are decided by the category; rooms that differ are split off, or change (trap 24).</summary>
internal sealed class P08MixedFlags : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        foreach (var category in facts.Plan.Categories.Where(c => !c.IsOwnPart))
            yield return new Finding("P08.split", Severity.Info, null, category.Name, category.LegacyName);

        foreach (var room in facts.Rooms)
        {
            var history = Change("Setting.History", facts.Settings.Logged(room.Room), room.Category.Logged);
            var uploads = Change("Setting.Uploads", facts.Settings.FilePost(room.Room), room.Category.FilePost);
            if (history is not null || uploads is not null)
                yield return new Finding("P08", Severity.Warning, room.Room.Guid, room.Room.Name, new[] { history, uploads }.OfType<Wording>());
        }
    }

    private static Wording? Change(string setting, bool old, bool planned) =>
        old == planned ? null : new(old ? "Change.On" : "Change.Off", new Wording(setting));
}
