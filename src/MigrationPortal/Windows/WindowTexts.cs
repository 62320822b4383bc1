namespace MigrationPortal.Windows;

/// <summary>Names the texts about windows and scheduled starts.</summary>
internal sealed class WindowTexts;
