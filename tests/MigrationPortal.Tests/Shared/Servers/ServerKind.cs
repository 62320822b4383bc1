using System.Reflection;
using Xunit.Sdk;

namespace MigrationPortal.Tests.Shared.Servers;

/// <summary>On which server a test of the engine runs.</summary>
public enum ServerKind
{
    PostgreSql,

    /// <summary>The SQL Server dialect, every statement of it, translated on its way to PostgreSQL.</summary>
    Translated,

    /// <summary>The same, in a database that tests see only through its twin, as they see a real SQL Server.</summary>
    Mirrored,

    /// <summary>A real one, whose administrator's connection string is in <see cref="OnSqlServerAttribute.Variable"/>.</summary>
    SqlServer,
}

/// <summary>Where a test of the engine runs that names no server itself.</summary>
internal static class EngineServer
{
    /// <summary>Holds a <see cref="ServerKind"/>, so that the whole engine suite runs there.</summary>
    public const string Variable = "MIGRATIONPORTAL_TEST_ENGINE_ON";

    public static ServerKind Default { get; } = Enum.TryParse<ServerKind>(Environment.GetEnvironmentVariable(Variable), ignoreCase: true, out var server) ? server : ServerKind.PostgreSql;

    /// <summary>For tests whose engine is a process of its own: what translates lives in the test's.</summary>
    public static ServerKind OfProcesses => Default == ServerKind.SqlServer ? ServerKind.SqlServer : ServerKind.PostgreSql;
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnPostgreSqlAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[ServerKind.PostgreSql]];
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnTranslatedAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[ServerKind.Translated]];
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnMirroredAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[ServerKind.Mirrored]];
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnSqlServerAttribute : DataAttribute
{
    public const string Variable = "MIGRATIONPORTAL_TEST_SQLSERVER";

    public OnSqlServerAttribute()
    {
        if (ConnectionString is null) Skip = $"{Variable} names no SQL Server; set it to an administrator's connection string.";
    }

    public static string? ConnectionString => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text : null;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[ServerKind.SqlServer]];
}
