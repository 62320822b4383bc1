using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>
/// The words behind the numbers of visibility and behavior, in lower case and trimmed: databases write them in any. Where the lookup
/// tables are empty or absent, the documented numbers stand in, with the documented words.
/// </summary>
internal sealed record EnumWords(IReadOnlyDictionary<int, string> Visibilities, IReadOnlyDictionary<int, string> Behaviors, IReadOnlyList<ProbedValue> Unknown)
{
    public static readonly string[] KnownVisibilities = ["private", "scope", "open"];
    public static readonly string[] KnownBehaviors = ["normal", "auditorium"];

    private static readonly (int?, string?, string?)[] _documented =
        [(2, "Visibility", "private"), (3, "Visibility", "scope"), (4, "Behavior", "normal"), (5, "Behavior", "auditorium"), (6, "Visibility", "open")];

    public static async Task<EnumWords> ReadAsync(ChatSession session, CancellationToken cancellationToken)
    {
        List<(int? Number, string? Attribute, string? Word)> values = await ChatSession.ListAsync(
            session.Command("select v.valueID, a.attributeName, v.attributeValue from tblEnumValue v join tblEnumAttribute a on a.attributeID = v.attributeID order by v.valueID"),
            row => (row.TryInt(0), row.TextOrNull(1), row.TextOrNull(2)), cancellationToken);
        return Of(values);
    }

    public static EnumWords Documented => Of([]);

    public string? VisibilityOf(int number) => Visibilities.GetValueOrDefault(number);

    public string? BehaviorOf(int number) => Behaviors.GetValueOrDefault(number);

    private static EnumWords Of(List<(int? Number, string? Attribute, string? Word)> values)
    {
        var unknown = new List<ProbedValue>();
        (int? Number, string? Attribute, string? Word)[] rows = values.Count == 0 ? _documented : [.. values];
        return new EnumWords(Pick("Visibility", KnownVisibilities), Pick("Behavior", KnownBehaviors), unknown);

        Dictionary<int, string> Pick(string attribute, string[] known)
        {
            var found = new Dictionary<int, string>();
            foreach (var (number, of, word) in rows)
            {
                if (number is not { } value || !string.Equals(of?.Trim(), attribute, StringComparison.OrdinalIgnoreCase)) continue;
                var text = word?.Trim() ?? "";
                if (Array.Find(known, x => x.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name) found[value] = name;
                else unknown.Add(new ProbedValue(attribute, text, value, ProbeState.Unknown));
            }
            return found;
        }
    }
}
