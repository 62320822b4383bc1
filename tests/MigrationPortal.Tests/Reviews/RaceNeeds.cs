using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Tests.Reviews;

/// <summary>Whom the policies of a race ask for by name: the owner of a category, who approves that part alone, and a board, on which an approver of the whole sits.</summary>
internal static class RaceNeeds
{
    public const string Board = "Change-Board";

    public static Dictionary<string, string> Settings { get; } = new(OwnerWorld.Settings, StringComparer.Ordinal)
    {
        ["Roles:Grants:1:Group"] = Board,
        ["Roles:Grants:1:Role"] = "Approver",
    };

    public static PolicyRule[] Rules { get; } = [new(ReviewFacts.Rooms, 1, null, PolicyRule.CategoryOwner), new(ReviewFacts.Rooms, 1, null, PolicyRule.Group + Board)];

    /// <summary>Who sits on the board now.</summary>
    public static async Task<HashSet<string>> BoardAsync(PortalDbContext db) =>
        (await db.Set<Person>().AsNoTracking().ToListAsync()).Where(x => x.Memberships.Groups.Contains(Board)).Select(x => x.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>By the rows alone. Nobody's approval of the whole fills an owner's need here.</summary>
    public static bool Fills(string need, Decision approval, HashSet<string> board) => need == PolicyRule.Group + Board
        ? approval.Part is null && board.Contains(approval.By)
        : approval.Part?.Contains(need["Category:".Length..]) == true;
}
