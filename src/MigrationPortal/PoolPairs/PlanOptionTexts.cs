using System.Globalization;
using Microsoft.Extensions.Localization;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.PoolPairs;

/// <summary>Names the resources of <see cref="PlanOptions"/>: a title and a sentence for each, a phrase for each value.</summary>
internal sealed class PlanOptionTexts;

/// <summary>Options as people read them; the names of the code are shown to nobody.</summary>
internal static class PlanOptionNames
{
    public static string Title(IStringLocalizer<PlanOptionTexts> texts, string option) => texts[$"Title.{option}"];

    /// <param name="value">As <see cref="PlanOptionFields"/> or <see cref="OptionDifference"/> write it; free text is what it is.</param>
    public static string Value(IStringLocalizer<PlanOptionTexts> texts, string option, string value)
    {
        var key = value switch { "yes" => "Yes", "no" => "No", _ => value };
        if (texts[$"{option}.{key}"] is { ResourceNotFound: false } phrase)
            return phrase.Value;
        if (value.Length == 0)
            return texts["Nothing"];
        return option == nameof(PlanOptions.CutOff) ? Day(value) : OptionDifference.FreeText(value) is { } text ? texts["FreeText", text] : value;
    }

    // Former versions recorded the month first.
    private static string Day(string value) =>
        DateOnly.TryParseExact(value, "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("O", CultureInfo.InvariantCulture) : value;

    /// <summary>The whole sentence with that value in it.</summary>
    public static string Sentence(IStringLocalizer<PlanOptionTexts> texts, string option, string value) => texts[$"Text.{option}", Value(texts, option, value)];
}
