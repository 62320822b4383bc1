using System.Globalization;
using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Reviews.Judging;

/// <summary>The judge's codes as sentences in the reader's language.</summary>
internal sealed class StandingText(IStringLocalizer<StandingTexts> texts, IStringLocalizer<RuleTexts> rules, TimeProvider clock)
{
    // In one sentence.
    private const int MostNamed = 5;

    // A zone of null says no times.
    private string Approved(IEnumerable<(string Name, DateTimeOffset At)> approvals, Clock? zone) => Names(approvals.Select(x => zone is null ? x.Name : texts["ApprovedAt", x.Name, Time(x.At, zone)].Value));

    // Of another day the hour alone would mislead.
    private string Time(DateTimeOffset at, Clock zone) => zone.Date(at) == zone.Date(clock.GetUtcNow()) ? zone.Minute(at) : zone.DateTime(at);

    /// <summary>"Needs 2 approvals: 1 by default, 2 because of 3 secret rooms. Has 1: Lena. Known users who may approve: Omar, Pia."</summary>
    public string Paragraph(StandingView view) => string.Join(" ", Sentences(view));

    /// <param name="zone">Of the reader; null says no times.</param>
    public IEnumerable<string> Sentences(StandingView view, Clock? zone = null)
    {
        yield return Needs(view.Standing);
        foreach (var need in view.Standing.MissingNeeds)
            yield return view.Fillers[need] is { Count: > 0 } known ? texts["Missing.NeedKnown", Need(need), Names(known.Select(x => x.DisplayName))] : texts["Missing.NeedNobody", Need(need)];
        foreach (var open in view.Standing.Missing.Where(x => x.Code == Standing.ThreadsOpen))
            yield return Missing(open);
        if (!view.IsProspect)
            yield return view.Counted.Count == 0 ? texts["HasNone"].Value : texts.Count("Has", view.Counted.Count, Approved(view.Counted.Select(x => (x.DisplayName, x.At)), zone));
        foreach (var part in view.Parts)
            yield return texts["HasPart", part.DisplayName, string.Join(", ", part.Categories)];
        if (view.Emergency is ({ } asker, { } other))
            yield return texts["Emergency", asker.DisplayName, other.DisplayName];
        if (view.Standing.Have < view.Standing.Needed && !view.Standing.IsEmergency)
            yield return view.Known.Count == 0 ? texts["KnownNobody"] : texts["Known", Names(view.Known.Select(x => x.DisplayName))];
        if (view.Starter != StarterRule.Anyone && view.Standing.Emergency is null)
            yield return texts[$"Starter.{view.Starter}"];
        if (view.Own is { } own)
            yield return Own(own);
    }

    /// <summary>What an edit ends now, said before it is made.</summary>
    /// <param name="onlookers">Who has the batch open at this moment, without the reader.</param>
    public string Voids(StandingView view, Clock zone, IReadOnlyList<string> onlookers)
    {
        var emergency = Emergency(view.Emergency is ({ } asker, { } other) ? (asker.DisplayName, other.DisplayName) : null);
        List<(string Name, DateTimeOffset At)> given = [.. view.Counted.Select(x => (x.DisplayName, x.At)), .. view.Parts.Select(x => (x.DisplayName, x.At))];
        var voids = given.Count > 0
            ? texts.Count(emergency is null ? "VoidsApprovals" : "VoidsApprovalsAndEmergency", given.Count, Approved(given, zone))
            : texts[emergency is null ? "VoidsReview" : "VoidsEmergency"].Value;
        return Together(Looking(onlookers), emergency, voids);
    }

    /// <summary>"“Wave 1”: Lena (10:02) approved it. Omar is looking at the batch."</summary>
    /// <param name="start">Whose emergency start counts; null where none does.</param>
    /// <param name="onlookers">Who has the batch open at this moment, without the reader.</param>
    public string Listed(string batch, IReadOnlyList<(string Name, DateTimeOffset At)> approvals, (string AskedBy, string ConfirmedBy)? start, Clock zone, IReadOnlyList<string> onlookers)
    {
        if (approvals.Count == 0)
            return Together(start is { } both ? texts["ListedEmergency", batch, both.AskedBy, both.ConfirmedBy].Value : texts["ListedReview", batch].Value, Looking(onlookers));
        var listed = texts.Count("ListedApprovals", approvals.Count, batch, Approved(approvals, zone));
        return Together(listed, Emergency(start), Looking(onlookers));
    }

    public string Needs(Standing standing) => texts.Count("Needs", standing.Needed, string.Join("; ", standing.Why.Select(Why)));

    /// <summary>Why the reader may not approve.</summary>
    public string Own(Exclusion why) => texts[$"Own.{why}"];

    public string Why(StandingNote note)
    {
        if (note.Code == "default")
            return texts["Why.Default", note.Values[0]];
        var because = Fact(note.Values[0], long.Parse(note.Values[1], CultureInfo.InvariantCulture));
        return (note.Values[3], note.Values[4]) switch
        {
            ("", var need) => texts["Why.Need", Need(need), because],
            (var number, "") => texts["Why.Rule", number, because],
            (var number, var need) => texts["Why.RuleAndNeed", number, Need(need), because],
        };
    }

    public string Missing(StandingNote note) => note.Code == Standing.NeedMissing
        ? texts["Missing.Need", Need(note.Values[0])]
        : note.Code == Standing.ThreadsOpen ? texts.Count("Missing.Threads", long.Parse(note.Values[0], CultureInfo.InvariantCulture))
        : texts.Count("Missing.Approvals", long.Parse(note.Values[0], CultureInfo.InvariantCulture));

    /// <summary>"3 secret rooms".</summary>
    public string Fact(string fact, long count) => fact is ReviewFacts.Undo or ReviewFacts.Delta ? texts[$"Fact.{fact}"]
        : ReviewFacts.RuleOf(fact) is not { } rule ? texts.Count($"Fact.{fact}", count)
        : RuleNumber.Of(rule) is { } number ? texts.Count("Fact.warningsOf", count, number)
        : texts.Count("Fact.warningsTitled", count, rules.Title(rule));

    public string Need(string need) =>
        need == PolicyRule.CategoryOwner ? texts["Need.CategoryOwner"]
        : need.StartsWith(PolicyRule.Group, StringComparison.Ordinal) ? texts["Need.Group", need[PolicyRule.Group.Length..]]
        : texts["Need.Category", CategoryPaths.Display(need[ReviewFacts.OwnerOf.Length..])];

    private string? Emergency((string AskedBy, string ConfirmedBy)? start) => start is { } both ? texts["Emergency", both.AskedBy, both.ConfirmedBy].Value : null;

    private string? Looking(IReadOnlyList<string> onlookers) =>
        onlookers.Count == 0 ? null : onlookers.Count > MostNamed ? texts.Count("LookingMany", onlookers.Count) : texts.Count("Looking", onlookers.Count, Names(onlookers));

    private static string Together(params IEnumerable<string?> sentences) => string.Join(" ", sentences.OfType<string>());

    private static string Names(IEnumerable<string> people) => string.Join(", ", people);
}
