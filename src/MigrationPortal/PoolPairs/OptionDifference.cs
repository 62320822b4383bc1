using System.Globalization;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.PoolPairs;

/// <param name="Name">Property of <see cref="PlanOptions"/>.</param>
public sealed record OptionDifference(string Name, string Old, string New)
{
    /// <summary>In how many rooms of a plan it shows; null where that is not asked, or it reaches no room.</summary>
    public int? RoomCount { get; init; }

    public static IReadOnlyList<OptionDifference> Between(PlanOptions before, PlanOptions after) =>
        [.. from property in typeof(PlanOptions).GetProperties()
            let old = Text(property.GetValue(before))
            let now = Text(property.GetValue(after))
            where old != now
            select new OptionDifference(property.Name, old, now)];

    /// <summary>Title, value before and after, as the options' own page words them.</summary>
    public Wording ToWording() => new("OptionChange", new Wording($"Title.{Name}"), Value(Old), Value(New));

    /// <summary>What somebody typed, as it is kept: quotes say where blanks are, and each language has its own. Null for any other value.</summary>
    public static string? FreeText(string value) => value is ['“', .. var text, '”'] ? text : null;

    /// <summary>The reverse of <see cref="FreeText"/>.</summary>
    public static string Kept(string text) => $"“{text}”";

    private Wording Value(string value)
    {
        var key = $"{Name}.{value switch { "yes" => "Yes", "no" => "No", _ => value }}";
        if (WordingResources.Find(key, CultureInfo.InvariantCulture) is not null)
            return new(key);
        return FreeText(value) is { } text ? new("FreeText", text) : Wording.OfText(value);
    }

    private static string Text(object? value) => value switch
    {
        string text => Kept(text),
        bool yes => yes ? "yes" : "no",
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
