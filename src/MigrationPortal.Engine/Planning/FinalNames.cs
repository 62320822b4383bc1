using System.Security.Cryptography;
using System.Text;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Planning;

/// <summary>
/// Names in the one-level world: a deeper category or room gets the chain of categories above it as prefix; rooms of first-level
/// categories keep their name (traps 1 and 2). Lengths are UTF-16 units, as nvarchar counts them.
/// </summary>
internal sealed class FinalNames(LegacyTree tree, PlanOptions options, IReadOnlyDictionary<Guid, string> chosen)
{
    public const int MaxLength = 256;

    /// <summary>How long a name is that does not fit; null where it does.</summary>
    public static int? FindOverLong(string name) => VisibleText.Raw(name).Length is > MaxLength and var length ? length : null;

    /// <summary>Name and reason code of a category row; the suffix tells its parts apart.</summary>
    public (string Name, string Code) OfCategory(ChatNode category, Guid rowGuid, string suffix)
    {
        if (chosen.TryGetValue(rowGuid, out var given))
            return (given, "NameChosen");
        var path = tree.PathOf(category)!;
        // The root itself has no name in the new pool; rooms that stood directly under it get a category of their own.
        var isRoot = path.Count == 1;
        var name = (isRoot ? options.RootCategory : Join(path.Skip(1))) + suffix;
        var code = isRoot ? "NameOfOption" : suffix.Length > 0 ? "NameSplit" : name == category.Name ? "NameKept" : "NamePrefixed";
        return Fit(name, code, rowGuid);
    }

    public (string Name, string Code) OfRoom(ChatNode room)
    {
        if (chosen.TryGetValue(room.Guid, out var name))
            return (name, "NameChosen");
        var path = tree.PathOf(room)!;
        var isFirstLevel = path.Count <= 3;
        return isFirstLevel ? Fit(room.Name, "NameKept", room.Guid) : Fit(Join(path.Skip(1)), "NamePrefixed", room.Guid);
    }

    private string Join(IEnumerable<ChatNode> belowRoot)
    {
        var names = belowRoot.Select(node => node.Name);
        if (options.RootNameInPrefix && tree.Root is { } root)
            names = names.Prepend(root.Name);
        return string.Join(options.PrefixSeparator, names);
    }

    private (string Name, string Code) Fit(string name, string code, Guid rowGuid)
    {
        var units = VisibleText.Raw(name);
        if (units.Length <= MaxLength || options.OverLongName == OverLongName.Fail)
            return (name, code);
        const int Kept = MaxLength - 9;
        var cut = char.IsHighSurrogate(units[Kept - 1]) ? Kept - 1 : Kept;
        return ($"{VisibleText.Of(units[..cut])}~{ShortHash(rowGuid)}", "NameShortened");
    }

    private static string ShortHash(Guid guid) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(guid.ToString("D"))))[..8];
}
