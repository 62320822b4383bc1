using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>
/// The numbers that one database gives to role types, principal types and enum values. They are always found by name, each in its own
/// database (trap 19); the documented numbers of enum values and principal types serve only where the lookup table is empty.
/// </summary>
internal sealed record ChatLookups(
    IReadOnlyDictionary<int, string> Visibilities,
    IReadOnlyDictionary<int, string> Behaviors,
    IReadOnlyDictionary<int, RoleType> Roles,
    IReadOnlyDictionary<int, PrincipalType> PrincipalTypes,
    IReadOnlyList<ProbedValue> Unknown)
{
    private static readonly string[] _visibilities = ["private", "scope", "open"];
    private static readonly string[] _behaviors = ["normal", "auditorium"];

    // Rows of tblPrincipalType that no principal bears: they stand for sets.
    private static readonly string[] _sets = ["Any", "AnyUser", "AnyGroup"];

    private static readonly (int Number, string Name)[] _documentedTypes =
        [(4, "SystemUser"), (5, "User"), (6, "ExternalUser"), (7, "FederatedUser"), (8, "DC"), (9, "Group"), (10, "Folder"), (11, "FederatedGroup")];

    public static async Task<Outcome<ChatLookups>> ReadAsync(ChatSession session, ChatCatalog catalog, CancellationToken cancellationToken)
    {
        var unknown = new List<ProbedValue>();
        List<(int Number, string Attribute, string Name)> values = !catalog.Has("tblEnumValue") || !catalog.Has("tblEnumAttribute") ? [] : await ChatSession.ListAsync(
            session.Command("select v.valueID, a.attributeName, v.attributeValue from tblEnumValue v join tblEnumAttribute a on a.attributeID = v.attributeID order by v.valueID"),
            row => (Number: row.Int(0), Attribute: row.GetString(1).Trim(), Name: row.GetString(2).Trim()), cancellationToken);
        if (values.Count == 0)
            values = [(2, "Visibility", "private"), (3, "Visibility", "scope"), (4, "Behavior", "normal"), (5, "Behavior", "auditorium"), (6, "Visibility", "open")];
        var visibilities = Pick("Visibility", _visibilities);
        var behaviors = Pick("Behavior", _behaviors);

        var roles = Names<RoleType>("RoleType", await ListAsync("select rtypeID, rtypeDesc from tblRoleType order by rtypeID"), x => x);
        var types = !catalog.Has("tblPrincipalType") ? [] : await ListAsync("select ptypeID, ptypeDesc from tblPrincipalType order by ptypeID");
        var principalTypes = Names<PrincipalType>("PrincipalType", types.Count > 0 ? types : _documentedTypes,
            x => x.Equals("DC", StringComparison.OrdinalIgnoreCase) ? nameof(PrincipalType.DomainContainer) : x);

        var lookups = new ChatLookups(visibilities, behaviors, roles, principalTypes, unknown);
        return await lookups.JudgeUsesAsync(session, catalog, cancellationToken);

        async Task<IReadOnlyList<(int Number, string Name)>> ListAsync(string sql) => await ChatSession.ListAsync(
            session.Command(sql), row => (row.Int(0), row.GetString(1).Trim()), cancellationToken);

        Dictionary<int, string> Pick(string attribute, string[] known)
        {
            var found = new Dictionary<int, string>();
            foreach (var value in values.Where(x => x.Attribute.Equals(attribute, StringComparison.OrdinalIgnoreCase)))
            {
                if (Array.Find(known, x => x.Equals(value.Name, StringComparison.OrdinalIgnoreCase)) is { } name) found[value.Number] = name;
                else unknown.Add(new ProbedValue(attribute, value.Name, value.Number, ProbeState.Unknown));
            }
            return found;
        }

        Dictionary<int, T> Names<T>(string lookup, IEnumerable<(int Number, string Name)> rows, Func<string, string> rename) where T : struct, Enum
        {
            var found = new Dictionary<int, T>();
            foreach (var (number, name) in rows)
            {
                if (Enum.TryParse<T>(rename(name), ignoreCase: true, out var value) && Enum.IsDefined(value)) found[number] = value;
                else if (!_sets.Contains(name)) unknown.Add(new ProbedValue(lookup, name, number, ProbeState.Unknown));
            }
            return found;
        }
    }

    public int? NumberOf(RoleType type) => Number(Roles, type);

    public int? NumberOf(PrincipalType type) => Number(PrincipalTypes, type);

    public int? NumberOfVisibility(string name) => Number(Visibilities, name);

    public int? NumberOfBehavior(string name) => Number(Behaviors, name);

    /// <summary>Values in use that no name explains: legacy rooms that have them are blocked one by one.</summary>
    public IReadOnlyList<UnknownUse> Uninterpreted { get; private init; } = [];

    /// <summary>The name of a number; one that cannot be interpreted keeps its own words, which no rule takes for any other.</summary>
    public string VisibilityOf(int number) => Visibilities.GetValueOrDefault(number) ?? Raw("Visibility", number);

    public string BehaviorOf(int number) => Behaviors.GetValueOrDefault(number) ?? Raw("Behavior", number);

    private string Raw(string lookup, int number) =>
        Unknown.FirstOrDefault(x => x.Lookup == lookup && x.Number == number) is { } value ? $"{value.Name} ({number})" : $"#{number}";

    public IReadOnlyList<ProbedValue> Describe(bool isLegacy)
    {
        IEnumerable<ProbedValue> known =
        [
            .. _visibilities.Where(x => !isLegacy || x != "open").Select(x => Known("Visibility", x, NumberOfVisibility(x))),
            .. _behaviors.Select(x => Known("Behavior", x, NumberOfBehavior(x))),
            .. Enum.GetValues<RoleType>().Where(x => !isLegacy || x != RoleType.Creator).Select(x => Known("RoleType", x.ToString(), NumberOf(x))),
            .. Enum.GetValues<PrincipalType>().Where(x => isLegacy || x <= PrincipalType.Folder).Select(x => Known("PrincipalType", x.ToString(), NumberOf(x))),
        ];
        return [.. known, .. Unknown];
    }

    private static ProbedValue Known(string lookup, string name, int? number) =>
        new(lookup, name, number, number is null ? ProbeState.Missing : ProbeState.Present);

    private static int? Number<T>(IReadOnlyDictionary<int, T> values, T wanted) where T : notnull
    {
        foreach (var (number, value) in values)
            if (value.Equals(wanted)) return number;
        return null;
    }

    // Rights and kinds of people that cannot be told are nobody's guess; a single room's odd setting need not keep the others.
    private async Task<Outcome<ChatLookups>> JudgeUsesAsync(ChatSession session, ChatCatalog catalog, CancellationToken cancellationToken)
    {
        var isLenient = session.Database.Product == ChatProduct.OcsGroupChat2007R2;
        var count = session.Dialect.Count();
        var uses = new (string Lookup, string Thing, string Table, string Column, IEnumerable<int> Known, bool IsPerRoom)[]
        {
            ("Visibility", "rooms or categories", "tblNode", "visibility", Visibilities.Keys, true),
            ("Behavior", "rooms or categories", "tblNode", "behavior", Behaviors.Keys, true),
            ("RoleType", "rights", "tblPrincipalRole", "prinRoleTypeID", Roles.Keys, false),
            ("PrincipalType", "principals", "tblPrincipal", "prinTypeID", PrincipalTypes.Keys, false),
        };
        var odd = new List<UnknownUse>();
        foreach (var use in uses.Where(x => catalog.Has(x.Table, x.Column)))
        {
            var known = use.Known.ToHashSet();
            var used = await ChatSession.ListAsync(
                session.Command($"select {use.Column}, {count} from {use.Table} where {use.Column} is not null group by {use.Column}"),
                row => (Number: row.Int(0), Count: row.Long(1)), cancellationToken);
            foreach (var (number, rows) in used.Where(x => !known.Contains(x.Number)).OrderBy(x => x.Number))
            {
                var name = Unknown.FirstOrDefault(x => x.Lookup == use.Lookup && x.Number == number) is { } value ? $"\"{value.Name}\" ({number})" : $"{number}";
                if (!isLenient || !use.IsPerRoom)
                    return new Refusal("value-unknown",
                        $"{rows} {use.Thing} of the {(session.Database.IsLegacy ? "legacy" : "new")} pool use the {use.Lookup} value {name}, which {session.Database.Product} does not document; nothing is guessed, so set another value there first.");
                odd.Add(new UnknownUse(use.Lookup, number, name, rows));
            }
        }
        return this with { Uninterpreted = odd };
    }
}

/// <param name="Rows">How many rooms and categories have it.</param>
internal sealed record UnknownUse(string Lookup, int Number, string Name, long Rows);
