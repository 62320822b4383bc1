using MigrationPortal.Engine;
using MigrationPortal.Samples.ChatSchema;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Properties;

/// <summary>A random legacy pool and a new pool in use, both in databases that let more happen to them than the documented ones.</summary>
internal sealed class DamagedPools : IAsyncDisposable
{
    private readonly ChatProduct _product;

    private DamagedPools(ChatProduct product, TestDatabase legacy, TestDatabase target) => (_product, Legacy, New) = (product, legacy, target);

    public TestDatabase Legacy { get; }

    public TestDatabase New { get; }

    public ChatDatabase From => Legacy.AsChat(_product);

    public ChatDatabase To => New.AsChat(ChatProduct.LyncPersistentChat2013);

    /// <summary>Nothing is damaged yet.</summary>
    public static async Task<DamagedPools> CreateAsync(ChatProduct product, ServerKind? server, Random random)
    {
        var pools = new DamagedPools(product, await TestDatabase.CreateLegacyAsync(server), await TestDatabase.CreateNewAsync(server));
        await pools.Legacy.WriteLegacyAsync(WithAddIns(RandomPools.Make(random), random));
        if (product == ChatProduct.OcsGroupChat2007R2)
        {
            await pools.Legacy.WriteAsync(connection => ChatSchemas.ReshapeAsync(connection));
            await RandomDamage.LoosenAsync(pools.Legacy);
        }
        else
        {
            await RandomDamage.DropReferencesAsync(pools.Legacy);
        }

        await NewPoolRows.FillAsync(pools.New, random);
        await (random.Next(2) == 0 ? RandomDamage.DropReferencesAsync(pools.New) : RandomDamage.LoosenAsync(pools.New, widens: false));
        return pools;
    }

    public async ValueTask DisposeAsync()
    {
        await Legacy.DisposeAsync();
        await New.DisposeAsync();
    }

    private static ChatPool WithAddIns(ChatPool pool, Random random)
    {
        List<ChatAddIn> addIns = [.. Enumerable.Range(0, 3).Select(x => new ChatAddIn(Guid.NewGuid(), $"add-in {x}", $"https://addin{x}.contoso.com/"))];
        return pool with
        {
            AddIns = addIns,
            Nodes = [.. pool.Nodes.Select(x => x.IsCategory || random.Next(4) > 0 ? x : x with { AddInId = addIns[random.Next(addIns.Count)].Id })],
        };
    }
}
