using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MigrationPortal.Ui.Values;
using MigrationPortal.Windows;

namespace MigrationPortal.Tests.Ui;

public sealed class DurationsTests
{
    [Theory]
    [InlineData(20, 40, "<\u00a01\u00a0min", "1\u00a0min")]
    [InlineData(59, 150, "<\u00a03\u00a0min", "3\u00a0min")]
    [InlineData(30, 7200, "<\u00a02\u00a0h\u00a00\u00a0min", "2\u00a0h\u00a00\u00a0min")]
    [InlineData(60, 60, "1\u00a0min", null)]
    [InlineData(61, 150, "1 – 3\u00a0min", null)]
    public void Estimate_ThatBeginsBelowAMinute_HasItsEndForASentence(int earliest, int latest, string range, string? below)
    {
        var (from, to) = (TimeSpan.FromSeconds(earliest), TimeSpan.FromSeconds(latest));

        Assert.Equal((range, below), (Durations.Range(from, to), Durations.Below(from, to)));
    }

    [Theory]
    [InlineData("en", 1, "Needs less than 1 min, judging by the last run.")]
    [InlineData("de", 3, "Dauert weniger als 1 min, gemessen an den letzten 3 Ausführungen.")]
    [InlineData("es", 1, "Necesita menos de 1 min, según la última ejecución.")]
    public void Sentence_OfAnEstimateBelowAMinute_HasNoSign(string language, int runs, string expected)
    {
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        Assert.Equal(expected, services.GetRequiredService<IStringLocalizer<WindowTexts>>().Count("EstimateBelow", runs, "1 min"));
    }
}
