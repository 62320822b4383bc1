namespace MigrationPortal.Engine.Planning;

/// <summary>Why people could not tell what a name says (traps C12 and C17).</summary>
internal enum NameFault
{
    Invisible,
    Control,
    /// <summary>It turns or breaks the text around it, so that it passes for another; it can be written all the same.</summary>
    Misleading,
}

/// <summary>What P02 asks of a name; <see cref="FitRows"/> asks the same of categories without a room, which P02 does not see.</summary>
internal static class NameFaults
{
    /// <summary>The worst; null for a name that people can read.</summary>
    public static NameFault? Find(string name) =>
        !DisplayText.HasVisible(name) ? NameFault.Invisible
        : name.Any(char.IsControl) ? NameFault.Control
        : DisplayText.Misleads(name) ? NameFault.Misleading
        : null;
}
