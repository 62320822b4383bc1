namespace MigrationPortal.Lists;

/// <summary>Which columns of a list are shown besides those that always are. Equal where the same ones are shown: a row asks it whether it must be drawn again.</summary>
/// <param name="Titled">Those that can be chosen, in the order of the list, each with its title.</param>
public sealed record ChosenColumns(IReadOnlyList<(string Key, string Title)> Titled, IReadOnlyList<string> Usual, ListState State)
{
    private string? _shown;

    /// <summary>All of a list that are chosen unless told otherwise.</summary>
    public static ChosenColumns Of(ListState state, params ReadOnlySpan<(string Key, string Title)> columns)
    {
        var titled = columns.ToArray();
        return new(titled, [.. titled.Select(x => x.Key)], state);
    }

    private string Shown => _shown ??= string.Join(',', Titled.Where(x => State.Shows(x.Key, Usual)).Select(x => x.Key));

    public int Count => Shown.Length == 0 ? 0 : Shown.Count(x => x == ',') + 1;

    public bool Has(string column) => State.Shows(column, Usual);

    public bool Equals(ChosenColumns? other) => other is not null && Shown == other.Shown;

    public override int GetHashCode() => Shown.GetHashCode(StringComparison.Ordinal);
}
