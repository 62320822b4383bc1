namespace MigrationPortal.Presence;

internal sealed class PresenceOptions
{
    public const string Section = "Presence";

    /// <summary>Whether people are shown who else is on a page; where not, nothing of it is kept or sent.</summary>
    public bool Enabled { get; set; } = true;
}
