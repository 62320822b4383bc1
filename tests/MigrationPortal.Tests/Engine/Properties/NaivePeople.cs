using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MigrationPortal.Engine;

namespace MigrationPortal.Tests.Engine.Properties;

/// <summary>Who is who, as the mapping's section 3 says it, in plain loops over all rows.</summary>
internal sealed partial class NaivePeople(IReadOnlyList<ChatPrincipal> rows)
{
    public static bool Outsider(ChatPrincipal x) => x.Type is PrincipalType.ExternalUser or PrincipalType.FederatedUser or PrincipalType.FederatedGroup;

    public static string[] Parts(string path) => Commas().Split(path);

    public Guid Guid(int id) => Guid(rows.Single(x => x.PrincipalId == id));

    public int AnyId(Guid guid) => rows.First(x => Guid(x) == guid).PrincipalId;

    public bool IsTaken(Guid guid)
    {
        var me = Best(guid);
        var owners = rows.Select(Guid).Distinct().Select(Best)
            .Where(x => x.Type != PrincipalType.SystemUser && !Outsider(x) && x.Disabled == 0 && !IsDeleted(x) && x.Uri.Equals(me.Uri, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(x => x.UpdatedOn).ThenBy(x => x.PrincipalId).ToList();
        return owners.Count > 0 && Guid(owners[0]) != guid;
    }

    /// <summary>The person as the new pool has it; null for the system's own.</summary>
    public string? Line(Guid guid)
    {
        var person = Best(guid);
        if (person.Type == PrincipalType.SystemUser) return null;
        var isUser = Outsider(person) || person.Type == PrincipalType.User;
        var disabled = Outsider(person) || IsDeleted(person) || IsTaken(guid) ? 2 : person.Disabled;
        var name = isUser && person.DirectoryPath is { } path ? Parts(path)[0]["CN=".Length..].Split(@"\0A")[0].Replace(@"\,", ",") : person.Name;
        return $"{person.Uri}|{disabled}|{(isUser ? PrincipalType.User : person.Type)}|{name}|{(isUser ? person.Name : null)}";
    }

    private static bool IsDeleted(ChatPrincipal x) => x.DirectoryPath?.Contains(@"\0ADEL:") == true;

    private ChatPrincipal Best(Guid guid) =>
        rows.Where(x => Guid(x) == guid).OrderBy(x => x.Disabled).ThenByDescending(x => x.UpdatedOn).ThenBy(x => x.PrincipalId).First();

    private Guid Guid(ChatPrincipal x)
    {
        if (x.Type == PrincipalType.SystemUser) return x.Guid;
        var isShared = Outsider(x) && rows.Any(y => y != x && y.Guid == x.Guid);
        return x.Guid == System.Guid.Empty || isShared ? Version5(x.Guid, x.Uri.ToLowerInvariant()) : x.Guid;
    }

    private static Guid Version5(Guid space, string name)
    {
#pragma warning disable CA5350 // SHA-1 is what version 5 is made of; nothing is secured by it.
        var hash = SHA1.HashData([.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]);
#pragma warning restore CA5350
        var hex = Convert.ToHexString(hash)[..32].ToCharArray();
        hex[12] = '5';
        hex[16] = "89AB"[Convert.ToInt32(hex[16].ToString(), 16) % 4];
        return System.Guid.Parse(new string(hex));
    }

    [GeneratedRegex(@"(?<!\\),", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Commas();
}
