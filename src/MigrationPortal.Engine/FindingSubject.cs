using System.Globalization;

namespace MigrationPortal.Engine;

/// <summary>What a finding is about, for people. Most subjects are names; those that are codes have the resource <c>Subject.rule.code</c>.</summary>
public static class FindingSubject
{
    public static string In(string ruleId, string subject, CultureInfo culture)
    {
        if (WordingResources.Find($"Subject.{ruleId}.{subject}", culture) is { } worded)
            return worded;
        // Ann (Manager): a person and the right that the person gains.
        return ruleId == "Gains" && subject.EndsWith(')') && subject.LastIndexOf(" (", StringComparison.Ordinal) is > 0 and var bracket
            && WordingResources.Find($"Right.{subject[(bracket + 2)..^1]}", culture) is { } right
                ? $"{DisplayText.InSentence(subject[..bracket])} ({right})"
                : subject;
    }

    /// <summary>As an argument of a sentence.</summary>
    public static Wording WordingOf(string ruleId, string subject) =>
        WordingResources.Find($"Subject.{ruleId}.{subject}", CultureInfo.InvariantCulture) is null ? Wording.OfText(subject) : new($"Subject.{ruleId}.{subject}");

    /// <summary>In the language of whoever reads.</summary>
    public static string Of(string ruleId, string subject) => In(ruleId, subject, CultureInfo.CurrentUICulture);
}
