using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MigrationPortal.Tests.Architecture;

/// <summary>
/// Which tables the SQL texts of an assembly name, read from its compiled code: literals, and the parts of interpolated ones. A name
/// of two words or more counts wherever it stands; one of a single word, which is a word of English too, after the schema or a keyword that a table follows.
/// </summary>
internal sealed partial class SqlTables
{
    private readonly Dictionary<string, string> _owners;
    private readonly string _root;
    private readonly HashSet<Use> _uses = [];
    private readonly HashSet<Use> _writes = [];
    private readonly SortedSet<string> _computed = new(StringComparer.Ordinal);

    /// <param name="owners">The folder that each table belongs to.</param>
    public SqlTables(string path, string root, Dictionary<string, string> owners)
    {
        (_owners, _root) = (owners, root);
        using var module = ModuleDefinition.ReadModule(path);
        foreach (var type in module.GetTypes())
            Read(type);
    }

    /// <summary>Of another feature's table: <see cref="Use.To"/> is its name.</summary>
    public IReadOnlyCollection<Use> All => _uses;

    /// <summary>Those of them that change the table's rows.</summary>
    public IReadOnlyCollection<Use> Writes => _writes;

    /// <summary>Who changes a table whose name is put together only when it runs, so that nothing here says whose it is.</summary>
    public IReadOnlyCollection<string> Computed => _computed;

    public static IEnumerable<string> Named(string text) =>
        After().Matches(text).Select(x => x.Groups["table"].Value).Concat(Compound().Matches(text).Select(x => x.Value));

    public static IEnumerable<string> Written(string text) => Change().Matches(text).Select(x => x.Groups["table"].Value);

    public static bool WritesComputed(string text) => ComputedChange().IsMatch(text);

    private void Read(TypeDefinition type)
    {
        var outermost = type;
        while (outermost.DeclaringType is { } declaring)
            outermost = declaring;
        if (!outermost.Namespace.StartsWith(_root + ".", StringComparison.Ordinal))
            return;
        var folder = outermost.Namespace[(_root.Length + 1)..].Split('.')[0];
        var name = outermost.FullName[(_root.Length + 1)..];
        var texts = type.Fields.Select(x => x.Constant as string)
            .Concat(type.Methods.Where(x => x.HasBody).SelectMany(x => x.Body.Instructions).Where(x => x.OpCode == OpCodes.Ldstr).Select(x => (string)x.Operand));
        foreach (var text in texts.OfType<string>())
        {
            Add(_uses, Named(text));
            Add(_writes, Written(text));
            if (WritesComputed(text))
                _computed.Add(name);
        }

        void Add(HashSet<Use> found, IEnumerable<string> tables) => found.UnionWith(
            tables.Where(x => _owners.TryGetValue(x, out var owner) && owner != folder).Select(x => new Use(folder, name, _owners[x], x)));
    }

    [GeneratedRegex(@"(?:\bportal\.|\b(?:from|join|into|update|using|copy)\s+(?:portal\.)?)(?<table>[a-z_]+)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex After();

    [GeneratedRegex(@"\b(?:insert\s+into|update|delete\s+from|merge\s+into|copy|truncate(?:\s+table)?)\s+(?:only\s+)?(?:portal\.)?(?<table>[a-z_]+)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Change();

    [GeneratedRegex(@"\b(?:insert\s+into|update|delete\s+from|merge\s+into|copy|truncate(?:\s+table)?)\s+(?:only\s+)?portal\.(?:[a-z_]*_)?(?:\{|\z)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ComputedChange();

    [GeneratedRegex(@"\b[a-z]+(?:_[a-z]+)+\b", RegexOptions.NonBacktracking)]
    private static partial Regex Compound();
}
