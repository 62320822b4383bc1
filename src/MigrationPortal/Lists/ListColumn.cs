namespace MigrationPortal.Lists;

/// <summary>One column of a list that is downloaded.</summary>
/// <param name="Title">In the reader's language.</param>
/// <param name="Value">A text, a whole number, a time, or null.</param>
internal sealed record ListColumn<T>(string Title, Func<T, object?> Value);
