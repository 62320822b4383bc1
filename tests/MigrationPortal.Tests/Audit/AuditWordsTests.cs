using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Api;
using MigrationPortal.Audit;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Reviews.Policy.Loosening;
using MigrationPortal.Windows;

namespace MigrationPortal.Tests.Audit;

/// <summary>An entry as a reader tells it, in their language; what nobody can read is shown as it was stored.</summary>
public sealed class AuditWordsTests : IDisposable
{
    private static readonly ReviewPolicy _strict = new()
    {
        Approvals = 2, Starter = StarterRule.NoApprover, ExpiresAfterHours = 336, Rules = [new(ReviewFacts.Rooms, 1000, 3)],
    };

    private static readonly Window _night = new()
    {
        Name = "Night", Weekdays = [DayOfWeek.Sunday, DayOfWeek.Saturday], From = new(22, 0), To = new(4, 0), Zone = "Europe/Berlin",
    };

    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddLocalization()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<StandingText>().AddSingleton<PolicyText>().AddSingleton<WindowText>()
        .AddSingleton<IAuditValues, OptionsInAudit>().AddSingleton<IAuditValues, PoliciesInAudit>().AddSingleton<IAuditValues, WindowsInAudit>()
        .AddSingleton<AuditWords>()
        .BuildServiceProvider();

    private AuditWords Words => _services.GetRequiredService<AuditWords>();

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData("en", "2 by default; 3 because of 1\u00a0000 rooms. Approvals expire after 336 hours. Who may start: Any operator who did not approve.")]
    [InlineData("de", "Wer starten darf: Jeder Operator, der nicht genehmigt hat.")]
    [InlineData("es", "Quién puede iniciar: Cualquier operador que no haya aprobado.")]
    public void Side_OfAPolicy_SaysWhatItAsksFor(string language, string expected)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var entry = Entry("PolicySet", KeepPolicy.Values(ReviewPolicy.Default, _strict, 2, alsoOpen: false, "change board"));

        Assert.EndsWith(expected, Words.Side(entry, "after"), StringComparison.Ordinal);
        Assert.DoesNotContain("{", Words.Side(entry, "before"), StringComparison.Ordinal);
    }

    [Fact]
    public void Side_OfPoliciesThatDifferInAnything_Differs()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        ReviewPolicy[] policies =
        [
            ReviewPolicy.Default, _strict, new() { Starter = StarterRule.NotLastApprover }, new() { WarningsNeedReason = true }, new() { OpenThreadsBlock = true }, new() { BreakGlass = true },
            new() { ExpiresAfterHours = null }, new() { Rules = [new(ReviewFacts.Rooms, 1, null, PolicyRule.CategoryOwner)] },
        ];
        var said = policies.Select(x => Words.Side(Entry("PolicyProposed", KeepPolicy.Values(ReviewPolicy.Default, x, 2, alsoOpen: false, "r")), "after")).ToList();
        Assert.Distinct(said);
    }

    [Fact]
    public void Side_OfWindows_SaysWhenTheyAre()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        Assert.Equal("Night (Allow): Sat, Sun 22:00–04:00 Europe/Berlin", Windows(_night));
        Assert.Equal(
            "Night (Deny): last Sat of each month 22:00–04:00 Europe/Berlin, from 2026-01-01, until 2026-12-31; Night (Allow): 2026-12-24 22:00–04:00 Europe/Berlin",
            Windows(
                _night with { Effect = WindowEffect.Deny, Weekdays = [DayOfWeek.Saturday], Ordinal = -1, ValidFrom = new(2026, 1, 1), ValidTo = new(2026, 12, 31) },
                _night with { Weekdays = [], Dates = [new(2026, 12, 24)] }));
        Assert.Equal("no windows", Windows());
    }

    [Fact]
    public void Side_OfWindowsForAReaderOfGerman_IsGerman()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
        var day = CultureInfo.CurrentUICulture.DateTimeFormat.GetAbbreviatedDayName(DayOfWeek.Saturday);
        Assert.Equal($"Night (Erlauben): letzter {day} jedes Monats 22:00–04:00 Europe/Berlin", Windows(_night with { Weekdays = [DayOfWeek.Saturday], Ordinal = -1 }));
    }

    [Theory]
    [InlineData("PolicySet", "two approvals")]
    [InlineData("PolicySet", "null")]
    [InlineData("PolicySet", """{"approvals":"two"}""")]
    [InlineData("PolicySet", """{"rules":[{"fact":"moons","atLeast":1,"approvals":2}]}""")]
    [InlineData("PolicySet", """{"rules":[{"fact":"rooms","atLeast":1}]}""")]
    [InlineData("PolicySet", """{"rules":[null]}""")]
    [InlineData("PolicySet", """{"rules":null}""")]
    [InlineData("WindowsSet", "at night")]
    [InlineData("WindowsSet", """[{"name":"Night","from":"10 pm"}]""")]
    [InlineData("WindowsSet", """[null]""")]
    [InlineData("BatchRenamed", """{"approvals":2}""")]
    public void Side_ThatCannotBeRead_IsShownAsStored(string action, string stored) =>
        Assert.Equal(stored, Words.Side(Entry(action, new() { ["after"] = stored }), "after"));

    [Fact]
    public void Side_OfANameThatIsAWordOfTheLog_StaysTheName()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
        Assert.Equal("Draft", Words.Side(Entry("BatchRenamed", new() { ["after"] = "Draft" }), "after"));
        Assert.Equal("Wird ausgeführt", Words.Side(Entry("BatchRunStarted", new() { ["after"] = "Running" }), "after"));
    }

    [Fact]
    public void Details_OfChangedOptions_AreCalledAsInTheirForm_TheReasonLast()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var entry = Entry("PoolPairOptionsChanged", new() { ["reason"] = "Topic", ["Topic"] = "Drop → AppendToDescription", ["RootNameInPrefix"] = "no → yes", ["CutOff"] = " → 11/24/2026", ["Later"] = "A → B" });
        var said = Words.Details(entry, isWhole: false).ToList();

        Assert.Contains(("Topics", "is dropped → is appended to the description"), said);
        Assert.Contains(("Earliest day of messages", "none → 2026-11-24"), said);
        Assert.Contains(("Later", "A → B"), said);
        Assert.DoesNotContain(said, x => x.Value == "no → yes");
        Assert.Equal(("Reason", "Topic"), said[^1]);
    }

    [Fact]
    public void Details_OfCodesAndTimes_AreWords()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        Assert.Equal([("When a window ends", "Pause at once")], Words.Details(Entry("WindowsSet", new() { ["atEnd"] = "PauseNow" }), isWhole: false));
        Assert.Equal([("Event filter", "Batch created, Batch approved")], Words.Details(Entry("AuditExported", new() { ["action"] = "BatchCreated,BatchApproved" }), isWhole: true));
        Assert.Equal([("From", "2026-11-30 08:00 UTC")], Words.Details(Entry("BatchScheduled", new() { ["from"] = "2026-11-30T08:00:00.0000000+00:00" }), isWhole: false));
        Assert.Equal([("From", "120")], Words.Details(Entry("TranscriptOpened", new() { ["from"] = "120" }), isWhole: false));
        Assert.Equal(("Windows of all pool pairs", "Start freeze of the pool pair contoso"), (Words.Subject("windows:*"), Words.Subject("freeze:contoso")));
    }

    private string? Windows(params Window[] windows) => Words.Side(Entry("WindowsSet", new() { ["after"] = JsonSerializer.Serialize(windows, ApiJson.Options) }), "after");

    private static AuditEntry Entry(string action, Dictionary<string, string?> details) => new()
    {
        At = DateTimeOffset.UnixEpoch, By = "ada", Action = action, Subject = "pool-pair:contoso", Details = details, PreviousHash = [], Hash = [],
    };
}
