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

    public static IEnumerable<string> Named(string text) =>
        After().Matches(text).Select(x => x.Groups["table"].Value).Concat(Compound().Matches(text).Select(x => x.Value));

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
        foreach (var table in texts.OfType<string>().SelectMany(Named))
        {
            if (_owners.TryGetValue(table, out var owner) && owner != folder)
                _uses.Add(new(folder, name, owner, table));
        }
    }

    [GeneratedRegex(@"(?:\bportal\.|\b(?:from|join|into|update|using|copy)\s+(?:portal\.)?)(?<table>[a-z_]+)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex After();

    [GeneratedRegex(@"\b[a-z]+(?:_[a-z]+)+\b", RegexOptions.NonBacktracking)]
    private static partial Regex Compound();
}
