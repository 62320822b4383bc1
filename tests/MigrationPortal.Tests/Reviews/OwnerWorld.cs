using MigrationPortal.SignIn.People;
using MigrationPortal.Tests.Batches;

namespace MigrationPortal.Tests.Reviews;

/// <summary>A <see cref="BatchWorld"/> with Olaf, who may approve what is in the category Rates alone: of the rooms there, Swaps.</summary>
internal static class OwnerWorld
{
    public const string Group = "Rates-Owners";

    public const string Category = "Trading / Rates";

    public static readonly Caller Olaf = Caller.Of("olaf", "Olaf", [new Grant(Role.Approver, null, Category)]);

    public static Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal)
    {
        ["Roles:Grants:0:Group"] = Group,
        ["Roles:Grants:0:Role"] = "Approver",
        ["Roles:Grants:0:Category"] = Category,
    };

    public static async Task<BatchWorld> StartAsync()
    {
        var world = await BatchWorld.StartAsync(settings: Settings!);
        await AddAsync(world, Olaf);
        return world;
    }

    public static async Task AddAsync(BatchWorld world, Caller owner)
    {
        await using var db = world.Database.OpenPortal();
        db.Add(new Person
        {
            Source = PersonSource.Development,
            Key = owner.Name,
            Name = owner.Name,
            DisplayName = owner.DisplayName,
            Memberships = new Memberships([Group], []),
            CheckedAt = TimeProvider.System.GetUtcNow(),
            LastSignedInAt = TimeProvider.System.GetUtcNow(),
        });
        await db.SaveChangesAsync();
    }
}
