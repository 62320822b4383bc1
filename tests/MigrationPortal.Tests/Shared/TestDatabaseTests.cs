namespace MigrationPortal.Tests.Shared;

public sealed class TestDatabaseTests
{
    [Fact]
    public async Task CreateLegacy_MakesTheDocumentedInventory()
    {
        await using var database = await TestDatabase.CreateLegacyAsync();
        Assert.Equal(38, await database.ScalarAsync<int>("select count(*) from pg_tables where schemaname = 'public' and tablename like 'tbl%'"));
    }

    [Fact]
    public async Task CreateNew_MakesTheDocumentedInventory_RootAndSystemUser()
    {
        await using var database = await TestDatabase.CreateNewAsync();
        Assert.Equal(27, await database.ScalarAsync<int>("select count(*) from pg_tables where schemaname = 'public' and tablename like 'tbl%'"));
        Assert.Equal(1, await database.ScalarAsync<int>("select count(*) from tblNode where nodeID = 1 and parentID = 1 and nodeType"));
        Assert.Equal("SystemUser", await database.ScalarAsync<string>("select ptypeDesc from tblPrincipal join tblPrincipalType on ptypeID = prinTypeID where prinID = 1"));
    }

    [Fact]
    public async Task CreatePortal_AppliesTheMigrations()
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        await using var db = database.OpenPortal();
        Assert.Equal(0, await database.ScalarAsync<int>("select count(*) from portal.pool_pairs"));
    }
}
