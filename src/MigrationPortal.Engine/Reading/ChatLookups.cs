using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>
/// The numbers that one database gives to role types, principal types and enum values. They are always found by name, each in its own
/// database (trap 19); the documented numbers of enum values and principal types serve only where the lookup table is empty.
/// </summary>
internal sealed record ChatLookups(
    EnumWords Words,
    IReadOnlyDictionary<int, RoleType> Roles,
    IReadOnlyDictionary<int, PrincipalType> PrincipalTypes,
    IReadOnlyList<ProbedValue> Unknown)
{
    // Rows of tblPrincipalType that no principal bears: they stand for sets.
    private static readonly string[] _sets = ["Any", "AnyUser", "AnyGroup"];

    private static readonly (int? Number, string? Name)[] _documentedTypes =
        [(4, "SystemUser"), (5, "User"), (6, "ExternalUser"), (7, "FederatedUser"), (8, "DC"), (9, "Group"), (10, "Folder"), (11, "FederatedGroup")];

    public static async Task<Outcome<ChatLookups>> ReadAsync(ChatSession session, ChatCatalog catalog, CancellationToken cancellationToken)
    {
        var words = catalog.Has("tblEnumValue") && catalog.Has("tblEnumAttribute") ? await EnumWords.ReadAsync(session, cancellationToken) : EnumWords.Documented;
        var unknown = words.Unknown.ToList();
        var roles = Names<RoleType>("RoleType", await ListAsync("select rtypeID, rtypeDesc from tblRoleType order by rtypeID"), x => x);
        var types = !catalog.Has("tblPrincipalType") ? [] : await ListAsync("select ptypeID, ptypeDesc from tblPrincipalType order by ptypeID");
        var principalTypes = Names<PrincipalType>("PrincipalType", types.Count > 0 ? types : _documentedTypes,
            x => x.Equals("DC", StringComparison.OrdinalIgnoreCase) ? nameof(PrincipalType.DomainContainer) : x);
        var lookups = new ChatLookups(words, roles, principalTypes, unknown);
        var uses = await UnknownUses.ListAsync(session, catalog, lookups, cancellationToken);
        return UnknownUses.FindRefusal(session.Database, lookups, uses) is { } refusal ? refusal : lookups with { Uninterpreted = uses };

        async Task<IReadOnlyList<(int? Number, string? Name)>> ListAsync(string sql) => await ChatSession.ListAsync(
            session.Command(sql), row => (row.TryInt(0), row.TextOrNull(1)), cancellationToken);

        Dictionary<int, T> Names<T>(string lookup, IEnumerable<(int? Number, string? Name)> rows, Func<string, string> rename) where T : struct, Enum
        {
            var found = new Dictionary<int, T>();
            foreach (var (number, name) in rows.Where(x => x.Number is not null).Select(x => (x.Number!.Value, x.Name?.Trim() ?? "")))
            {
                // A number would be taken for the value that has it by chance.
                if (!int.TryParse(name, out _) && Enum.TryParse<T>(rename(name), ignoreCase: true, out var value) && Enum.IsDefined(value)) found[number] = value;
                else if (!_sets.Contains(name, StringComparer.OrdinalIgnoreCase)) unknown.Add(new ProbedValue(lookup, name, number, ProbeState.Unknown));
            }
            return found;
        }
    }

    public int? NumberOf(RoleType type) => Number(Roles, type);

    public int? NumberOf(PrincipalType type) => Number(PrincipalTypes, type);

    public int? NumberOfVisibility(string name) => Number(Words.Visibilities, name);

    public int? NumberOfBehavior(string name) => Number(Words.Behaviors, name);

    /// <summary>Values in use that no name explains: what has them is blocked one by one.</summary>
    public IReadOnlyList<UnknownUse> Uninterpreted { get; private init; } = [];

    /// <summary>The name of a number; one that cannot be interpreted keeps its own words, which no rule takes for any other.</summary>
    public string VisibilityOf(int number) => Words.VisibilityOf(number) ?? NameOf("Visibility", number);

    public string BehaviorOf(int number) => Words.BehaviorOf(number) ?? NameOf("Behavior", number);

    /// <summary>How people find a value that cannot be interpreted.</summary>
    public string NameOf(string lookup, int number) =>
        Unknown.FirstOrDefault(x => x.Lookup == lookup && x.Number == number) is { } value ? $"{value.Name} ({number})" : $"#{number}";

    public IReadOnlyList<ProbedValue> Describe(bool isLegacy)
    {
        IEnumerable<ProbedValue> known =
        [
            .. EnumWords.KnownVisibilities.Where(x => !isLegacy || x != "open").Select(x => Known("Visibility", x, NumberOfVisibility(x))),
            .. EnumWords.KnownBehaviors.Select(x => Known("Behavior", x, NumberOfBehavior(x))),
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
}
