namespace MigrationPortal.Ui;

/// <param name="Tone">Of the count; none is plain.</param>
/// <param name="Count">What the tab holds, ready to read: "3 of 14".</param>
public sealed record TabItem(string Key, string Label, string? Count = null, Tone? Tone = null);
