namespace MigrationPortal.Reviews.BreakGlass;

/// <summary>Past tense, as in the timeline; the audit has them with <c>Batch</c> before.</summary>
internal static class BreakGlassEvents
{
    public const string Asked = "BreakGlassAsked";
    public const string Withdrawn = "BreakGlassWithdrawn";
    public const string Confirmed = "BreakGlassConfirmed";
    /// <summary>The judge counts it and the batch is approved by it alone.</summary>
    public const string Applied = "BreakGlassApplied";
    public const string Justified = "BreakGlassJustified";
    public const string NotJustified = "BreakGlassNotJustified";

    /// <summary>The kind of notice.</summary>
    public const string Notice = "BreakGlass";
}
