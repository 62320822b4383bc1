using Microsoft.Extensions.Localization;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Verification;

/// <param name="ChatIds">The messages it is about, for links; none where it is about something else.</param>
internal sealed record ResultLine(string Text, IReadOnlyList<long> ChatIds);

/// <summary>What a verification found beyond the plan, in sentences: messages first, then people, settings and files.</summary>
internal sealed class ResultLines(IStringLocalizer<VerificationTexts> texts)
{
    /// <summary>Named in a line; the details have all.</summary>
    private const int Named = 5;

    // Of every other one, the value is a name, a text, a time or a number.
    private static readonly string[] Worded = ["Invitations", "History", "Files", "Uploads", "Disabled", "Type", "Privacy", "Kind"];

    private static readonly string[] Rights = ["Member", "Manager", "Presenter", "Creator", "AllowedMember", "DeniedMember"];

    public IEnumerable<ResultLine> Of(RoomResult proof) => Messages(proof).Concat(Settings([.. proof.Settings.Where(x => x.ByRule is null)]));

    private IEnumerable<ResultLine> Messages(RoomResult proof)
    {
        foreach (var kind in proof.Mismatches.GroupBy(x => x.Kind).OrderBy(x => x.Key))
        {
            List<long> ids = [.. kind.Select(x => x.ChatId)];
            yield return new(texts.Count($"Message.{kind.Key}", ids.Count, Numbers.Group(ids[0])), [.. ids.Take(Named)]);
        }

        if (proof.MismatchCount > proof.Mismatches.Count)
            yield return new(texts.Count("Message.All", proof.MismatchCount, Numbers.Group(proof.Mismatches.Count)), []);
        // Each message is the same, and the sums are not: nothing can be named.
        if (proof.MismatchCount == 0 && proof.Grade == Grade.Poor)
            yield return new(texts["Message.Sums", string.Join(", ", proof.Rules.Where(x => !x.Holds).Select(x => texts[$"Rule.{x.Name}"].Value))], []);
    }

    private IEnumerable<ResultLine> Settings(IReadOnlyList<SettingDifference> differences)
    {
        foreach (var right in Rights)
        {
            var people = differences.Where(x => x.Property == right).ToList();
            List<string> missing = [.. people.Where(x => x.Found.Length == 0).Select(x => x.Planned)];
            List<string> extra = [.. people.Where(x => x.Found.Length > 0).Select(x => x.Found)];
            if (missing.Count > 0)
                yield return new(texts.Count($"Lacks.{right}", missing.Count, Names(missing)), []);
            if (extra.Count > 0)
                yield return new(texts.Count($"Extra.{right}", extra.Count, Names(extra)), []);
        }

        foreach (var one in differences.Where(x => x.Property == "File"))
            yield return new(texts["File.Differs", one.Planned, texts[$"Problem.{one.Found}"].Value], []);
        if (differences.Any(x => x.Property == "Room"))
            yield return new(texts["Room.Gone"], []);
        foreach (var one in differences.Where(x => x.Property is not ("File" or "Room") && !Rights.Contains(x.Property)))
            yield return new(texts["Setting.Differs", texts[$"Property.{one.Property}"].Value, Value(one.Property, one.Planned), Value(one.Property, one.Found)], []);
    }

    /// <summary>As the new pool's administrators call it; a name stays as it was read, though it may be a word of ours.</summary>
    /// <param name="property">What has the value; null where the value is the name of the thing itself.</param>
    public string Value(string? property, string value)
    {
        if (value.Length == 0)
            return texts["Value.Empty"];
        if (property is null || !Worded.Contains(property))
            return value;
        var word = texts[$"Value.{value.ToLowerInvariant()}"];
        return word.ResourceNotFound ? value : word.Value;
    }

    private string Names(List<string> names) => names.Count <= Named
        ? string.Join("; ", names)
        : texts["AndMore", string.Join("; ", names.Take(Named)), Numbers.Group(names.Count - Named)];
}
