namespace MigrationPortal.CutOver;

/// <param name="Number">As in Microsoft's list; <see cref="CutOverTexts"/> says what is done in it and how.</param>
public sealed record ChecklistStep(int Number);

/// <summary>
/// The thirteen documented steps of a migration (Microsoft: "Migration process - details"), in their order. Where the portal does what
/// the two cmdlets or a copy by hand would, the step says so.
/// </summary>
internal static class CutOverChecklist
{
    /// <summary>Before these are done, the last run into a production database does not start.</summary>
    public const int DoneBefore = 4;

    /// <summary>The step in which each batch is cut over.</summary>
    public const int FinalDelta = 6;

    public static IReadOnlyList<ChecklistStep> Steps { get; } = [.. Enumerable.Range(1, 13).Select(number => new ChecklistStep(number))];

    public static bool Has(int number) => number >= 1 && number <= Steps.Count;
}
