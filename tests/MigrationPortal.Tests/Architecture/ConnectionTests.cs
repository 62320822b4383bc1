using System.Data.Common;
using MigrationPortal.Engine;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MigrationPortal.Tests.Architecture;

/// <summary>A chat database is opened in one place for each server, which says whether it may be written.</summary>
public sealed class ConnectionTests
{
    private const string Dialects = "MigrationPortal.Engine.Sql.";

    // Of the portal's own server: what EF Core's connections cannot do.
    private static readonly string[] Own =
    [
        "MigrationPortal.Data.PortalDatabase", "MigrationPortal.Data.ServerDatabases", "MigrationPortal.Data.Postgres.PrivatePostgres",
        "MigrationPortal.Jobs.JobsFeature", "MigrationPortal.Live.NodeConnection",
        // Sample pools are databases of that server, made before anybody migrates them.
        "MigrationPortal.Samples.LoadSamples", "MigrationPortal.Samples.SampleDatabases",
    ];

    [Fact]
    public void Engine_Connections_AreOpenedByTheDialects() =>
        Assert.Equal([$"{Dialects}PostgreSqlDialect", $"{Dialects}SqlClientDriver"], Openers(typeof(Outcome<>).Assembly.Location));

    [Fact]
    public void Portal_Connections_AreOfItsOwnServer() => Assert.Equal(Own.Order(StringComparer.Ordinal), Openers(typeof(Program).Assembly.Location));

    [Fact]
    public void Portal_SqlServer_IsUnknownToIt()
    {
        using var module = ModuleDefinition.ReadModule(typeof(Program).Assembly.Location);
        Assert.DoesNotContain(module.GetTypeReferences(), x => x.Namespace.StartsWith("Microsoft.Data.SqlClient", StringComparison.Ordinal) && !x.Name.EndsWith("Exception", StringComparison.Ordinal));
    }

    private static List<string> Openers(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return module.GetTypes().Where(Opens).Select(Outermost).Distinct().Order(StringComparer.Ordinal).ToList();
    }

    // "new SqlConnection(…)", or a factory that makes one.
    private static bool Opens(TypeDefinition type) => type.Methods.Where(x => x.HasBody).SelectMany(x => x.Body.Instructions).Any(x =>
        x.Operand is MethodReference method
        && ((x.OpCode == OpCodes.Newobj && method.DeclaringType.Name is "SqlConnection" or "NpgsqlConnection" or "NpgsqlDataSourceBuilder")
            || (method.DeclaringType.Name == "NpgsqlDataSource" && method.Name == "Create")
            || method is { DeclaringType.Name: nameof(DbProviderFactory), Name: nameof(DbProviderFactory.CreateConnection) }));

    private static string Outermost(TypeDefinition type)
    {
        while (type.DeclaringType is { } declaring)
            type = declaring;
        return type.FullName;
    }
}
