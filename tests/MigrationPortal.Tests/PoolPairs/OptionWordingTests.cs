using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Tests.Architecture;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.PoolPairs;

/// <summary>A sentence calls an option and its value as the form does, never as the code does.</summary>
public sealed class OptionWordingTests
{
    // Names of one word, as Topic and Block, are words of sentences, too.
    private static readonly string[] _names =
        [.. typeof(PlanOptions).GetProperties().SelectMany(x => x.PropertyType.IsEnum ? Enum.GetNames(x.PropertyType).Append(x.Name) : [x.Name]).Concat(RunConfirmations.All).Where(x => x.Count(char.IsUpper) > 1).Distinct(StringComparer.Ordinal)];

    [Theory]
    [InlineData(null)]
    [InlineData("de")]
    [InlineData("es")]
    public void Sentences_NamesOfTheCode_AreInNone(string? language)
    {
        Assert.Contains("PutInto", _names);
        var found =
            from resource in ResourceFiles.Sentences
            from text in ResourceFiles.Read(resource, language)
            from name in _names
            where Regex.IsMatch(text.Value, $@"\b{name}\b", RegexOptions.None, TimeSpan.FromSeconds(1))
            select $"{text.Key}: {name}";
        Assert.Equal([], found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Gains.cause.Admitted", "OutOfScope", null)]
    [InlineData("Gains.cause.PresenterMadeMember", "PresenterNotMember", null)]
    [InlineData("Gains.cause.ScopeUndecidedKept", "ScopeUndecided", null)]
    [InlineData("P03.category", "PrefixSeparator", null)]
    [InlineData("P06.blocked", "RoomUnderRoot", "PutInto")]
    [InlineData("P14.dropped", "InvalidAddIn", null)]
    [InlineData("P16.skipped", "DisabledRooms", null)]
    [InlineData("Preferences", "Preferences", "None")]
    public void Finding_ThatNamesAnOption_CallsItAsTheFormDoes(string key, string option, string? value)
    {
        foreach (var (language, open, close) in new (string?, char, char)[] { (null, '“', '”'), ("de", '„', '“'), ("es", '«', '»') })
        {
            var form = ResourceFiles.Read("MigrationPortal/PoolPairs/PlanOptionTexts", language);
            var called = value is null ? form[$"Title.{option}"] : $"{form[$"Title.{option}"]}: {form[$"{option}.{value}"]}";
            Assert.Contains($"{open}{called}{close}", ResourceFiles.Read("MigrationPortal.Engine/Findings", language)[key], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("en", "“ - ”")]
    [InlineData("de", "„ - “")]
    [InlineData("es", "« - »")]
    public async Task Text_ThatSomebodyTyped_HasTheQuotesOfTheLanguage(string language, string quoted)
    {
        await using var portal = await PortalApp.StartAsync();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var kept = OptionDifference.Kept(" - ");

        Assert.Equal(quoted, PlanOptionNames.Value(portal.Services.GetRequiredService<IStringLocalizer<PlanOptionTexts>>(), nameof(PlanOptions.PrefixSeparator), kept));
        Assert.EndsWith($" → {quoted}", new OptionDifference(nameof(PlanOptions.PrefixSeparator), OptionDifference.Kept(" / "), kept).ToWording().ToString(), StringComparison.Ordinal);
    }
}
