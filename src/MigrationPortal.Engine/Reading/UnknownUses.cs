using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <param name="Name">As people find it: quoted, with its number.</param>
/// <param name="Things">What has it: <c>nodes</c>, <c>rights</c> or <c>principals</c>.</param>
/// <param name="Rows">How many have it.</param>
internal sealed record UnknownUse(string Lookup, int Number, string Name, string Things, long Rows);

/// <summary>
/// Numbers in use that no lookup row explains. Each blocks what has it, and nothing else: a single odd row need not keep the others. Only
/// where a word is gone on which every right or person hangs does the whole pool mean nothing.
/// </summary>
internal static class UnknownUses
{
    public static async Task<IReadOnlyList<UnknownUse>> ListAsync(ChatSession session, ChatCatalog catalog, ChatLookups lookups, CancellationToken cancellationToken)
    {
        var uses = new (string Lookup, string Things, string Table, string Column, IEnumerable<int> Known)[]
        {
            ("Visibility", "nodes", "tblNode", "visibility", lookups.Words.Visibilities.Keys),
            ("Behavior", "nodes", "tblNode", "behavior", lookups.Words.Behaviors.Keys),
            ("RoleType", "rights", "tblPrincipalRole", "prinRoleTypeID", lookups.Roles.Keys),
            ("PrincipalType", "principals", "tblPrincipal", "prinTypeID", lookups.PrincipalTypes.Keys),
        };
        var count = session.Dialect.Count();
        var odd = new List<UnknownUse>();
        foreach (var use in uses.Where(x => catalog.Has(x.Table, x.Column)))
        {
            var known = use.Known.ToHashSet();
            var used = await ChatSession.ListAsync(
                session.Command($"select {use.Column}, {count} from {use.Table} where {use.Column} is not null group by {use.Column}"),
                row => (Number: row.TryInt(0), Count: row.Long(1)), cancellationToken);
            odd.AddRange(
                from x in used
                where x.Number is { } number && !known.Contains(number)
                orderby x.Number
                select new UnknownUse(use.Lookup, x.Number!.Value, Quoted(lookups, use.Lookup, x.Number!.Value), use.Things, x.Count));
        }
        return odd;
    }

    public static Refusal? FindRefusal(ChatDatabase database, ChatLookups lookups, IReadOnlyList<UnknownUse> uses)
    {
        var isWithoutRoles = new[] { RoleType.Member, RoleType.Manager, RoleType.Voiced }.Any(x => lookups.NumberOf(x) is null);
        var isWithoutUsers = lookups.NumberOf(PrincipalType.User) is null;
        return uses.FirstOrDefault(x => (x.Lookup == "RoleType" && isWithoutRoles) || (x.Lookup == "PrincipalType" && isWithoutUsers)) is { } use
            ? new Refusal($"value-unknown.{use.Things}", RefusalKind.Invalid, use.Rows, database.Side, use.Lookup, use.Name, $"{database.Product}")
            : null;
    }

    private static string Quoted(ChatLookups lookups, string lookup, int number) =>
        lookups.Unknown.FirstOrDefault(x => x.Lookup == lookup && x.Number == number) is { } value ? $"\"{value.Name}\" ({number})" : $"{number}";
}
