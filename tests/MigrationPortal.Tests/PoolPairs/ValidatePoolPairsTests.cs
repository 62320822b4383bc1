using Microsoft.Extensions.Configuration;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Tests.PoolPairs;

public sealed class ValidatePoolPairsTests
{
    [Fact]
    public void Validate_WholePair_FindsNothing() => Assert.Empty(Mistakes(Whole(0)));

    [Fact]
    public void Validate_SeveralMistakes_NamesEachWithItsKeyAndNoSecret()
    {
        var settings = Whole(0);
        settings.Remove("PoolPairs:0:Name");
        settings["PoolPairs:0:Legacy:Product"] = "Teams";
        settings["PoolPairs:0:Legacy:ConnectionString"] = "Host=db;Password=hunter2;Prot=1";
        settings["PoolPairs:0:New:ConnectionString"] = "";
        settings["PoolPairs:0:New:Fqdn"] = "typo";
        var mistakes = Mistakes(settings);
        Assert.Contains(mistakes, x => x.StartsWith("PoolPairs:0:Name is missing", StringComparison.Ordinal));
        Assert.Contains(mistakes, x => x.StartsWith("PoolPairs:0:Legacy:Product is 'Teams': write LyncGroupChat2010", StringComparison.Ordinal));
        Assert.Contains(mistakes, x => x.StartsWith("PoolPairs:0:Legacy:ConnectionString is not a PostgreSQL connection string", StringComparison.Ordinal));
        Assert.Contains("PoolPairs:0:New:ConnectionString is missing.", mistakes);
        Assert.Contains(mistakes, x => x.StartsWith("PoolPairs:0:New:Fqdn is not a known setting", StringComparison.Ordinal));
        Assert.DoesNotContain(mistakes, x => x.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PoolPairs:0:Legacy:Product", "OcsGroupChat2007R2")]
    [InlineData("PoolPairs:0:New:Product", "SkypePersistentChat2015")]
    public void Validate_OtherGeneration_FindsNothing(string key, string word)
    {
        var settings = Whole(0);
        settings[key] = word;
        Assert.Empty(Mistakes(settings));
    }

    [Theory]
    [InlineData("/srv/old", "/srv/new", null)]
    [InlineData("/srv/old", null, null)]
    [InlineData("uploads", null, "PoolPairs:0:Legacy:FileStore is 'uploads': write the full path")]
    [InlineData(@"\\fs01\uploads", null, "PoolPairs:0:Legacy:FileStore is '\\\\fs01\\uploads', a share: mount it")]
    [InlineData(null, "/srv/new", "PoolPairs:0:New:FileStore needs PoolPairs:0:Legacy:FileStore")]
    [InlineData("/srv/old", "/srv/old/", "PoolPairs:0:New:FileStore overlaps PoolPairs:0:Legacy:FileStore")]
    [InlineData("/srv/old", "/srv/old/new", "PoolPairs:0:New:FileStore overlaps PoolPairs:0:Legacy:FileStore")]
    public void Validate_FileStores_ArePlacesOfTheirOwn(string? legacy, string? target, string? mistake)
    {
        var settings = Whole(0);
        if (legacy is not null)
            settings["PoolPairs:0:Legacy:FileStore"] = legacy;
        if (target is not null)
            settings["PoolPairs:0:New:FileStore"] = target;
        var mistakes = Mistakes(settings);
        if (mistake is null)
            Assert.Empty(mistakes);
        else
            Assert.StartsWith(mistake, Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SqlServerWithoutDatabase_SaysWhatToWrite()
    {
        var settings = Whole(0);
        settings["PoolPairs:0:New:Provider"] = "SqlServer";
        settings["PoolPairs:0:New:ConnectionString"] = "Server=sql01;Password=hunter2";
        var mistake = Assert.Single(Mistakes(settings));
        Assert.StartsWith("PoolPairs:0:New:ConnectionString is not an SQL Server connection string with Server and Database", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SameSqlServerDatabaseSpeltTwice_IsRefused()
    {
        var settings = Whole(0);
        settings["PoolPairs:0:Legacy:Provider"] = settings["PoolPairs:0:New:Provider"] = "SqlServer";
        settings["PoolPairs:0:Legacy:ConnectionString"] = "Server=tcp:SQL01,1433;Database=MGC;Integrated Security=true";
        settings["PoolPairs:0:New:ConnectionString"] = "Data Source=sql01;Initial Catalog=mgc;User ID=u";
        Assert.Contains("is the same database as PoolPairs:0:Legacy:ConnectionString", Assert.Single(Mistakes(settings)), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SameDatabaseOnBothSides_IsRefused()
    {
        var settings = Whole(0);
        settings["PoolPairs:0:New:ConnectionString"] = "Host=DB;Database=legacy0;Username=other";
        Assert.Contains("is the same database as PoolPairs:0:Legacy:ConnectionString", Assert.Single(Mistakes(settings)), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_LegacyDatabaseInTwoPairs_IsRefused()
    {
        var settings = Whole(0).Concat(Whole(1)).ToDictionary(StringComparer.Ordinal);
        settings["PoolPairs:1:Legacy:ConnectionString"] = settings["PoolPairs:0:Legacy:ConnectionString"];
        Assert.Contains("a legacy database belongs to one pool pair", Assert.Single(Mistakes(settings)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Contoso (London)", "contoso-london")]
    [InlineData("Zürich & Łódź", "zurich-odz")]
    public void FromName_AnyName_IsASlug(string name, string expected) => Assert.Equal(expected, PoolPairId.FromName(name));

    private static Dictionary<string, string?> Whole(int i) => new(StringComparer.Ordinal)
    {
        [$"PoolPairs:{i}:Name"] = $"Contoso {i}",
        [$"PoolPairs:{i}:Legacy:Product"] = "LyncGroupChat2010",
        [$"PoolPairs:{i}:Legacy:Provider"] = "PostgreSql",
        [$"PoolPairs:{i}:Legacy:ConnectionString"] = $"Host=db;Database=legacy{i}",
        [$"PoolPairs:{i}:New:Product"] = "LyncPersistentChat2013",
        [$"PoolPairs:{i}:New:Provider"] = "PostgreSql",
        [$"PoolPairs:{i}:New:ConnectionString"] = $"Host=db;Database=mgc{i}",
    };

    private static List<string> Mistakes(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var bound = new PoolPairsSettings();
        configuration.GetSection(PoolPairsSettings.Section).Bind(bound.Pairs);
        return [.. new ValidatePoolPairs(configuration).Validate(null, bound).Failures ?? []];
    }
}
