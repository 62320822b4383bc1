namespace MigrationPortal.Engine;

/// <summary>Names in a sentence: the first few, and how many more there are. Arguments of a <see cref="Wording"/>.</summary>
internal static class NameList
{
    private const int Most = 5;

    public static object Of<T>(IReadOnlyCollection<T> names, int most = Most) =>
        names.Count <= most ? names : new Wording("List.AndMore", names.Count - most, names.Take(most).ToList());

    /// <summary>As evidence beside the sentence.</summary>
    public static Wording Evidence<T>(IReadOnlyCollection<T> names, int most) => new("List.All", names.Take(most).ToList());
}
