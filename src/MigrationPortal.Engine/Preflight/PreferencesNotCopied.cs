using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>tblPreference belongs to the pool, not to a room, and whether Microsoft's import takes it is not known: it is left alone.</summary>
internal sealed class PreferencesNotCopied : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) => facts.Request.Options.Preferences == Preferences.Copy
        ? [new Finding("Preferences", Severity.Blocker, null, "preferences")]
        : [];
}
