namespace MigrationPortal.Ui;

/// <summary>The colour of a state. Never alone: a badge also has a glyph and a word.</summary>
public enum Tone
{
    Off,
    Ok,
    Warn,
    Bad,
    Diff,
    Legacy,
    New,
    Run,
}
