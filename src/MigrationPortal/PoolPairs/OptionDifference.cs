using System.Globalization;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.PoolPairs;

/// <param name="Name">Property of <see cref="PlanOptions"/>.</param>
internal sealed record OptionDifference(string Name, string Old, string New)
{
    public static IReadOnlyList<OptionDifference> Between(PlanOptions before, PlanOptions after) =>
        [.. from property in typeof(PlanOptions).GetProperties()
            let old = Text(property.GetValue(before))
            let now = Text(property.GetValue(after))
            where old != now
            select new OptionDifference(property.Name, old, now)];

    public override string ToString() => $"{Name} {Old} → {New}";

    private static string Text(object? value) => value switch
    {
        string text => $"“{text}”",
        bool yes => yes ? "yes" : "no",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
