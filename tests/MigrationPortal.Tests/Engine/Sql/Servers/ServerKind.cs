using System.Reflection;
using Xunit.Sdk;

namespace MigrationPortal.Tests.Engine.Sql.Servers;

/// <summary>On which server a test of the engine's contract runs.</summary>
public enum ServerKind
{
    PostgreSql,

    /// <summary>The SQL Server dialect, every statement of it, translated on its way to PostgreSQL.</summary>
    Translated,

    /// <summary>A real one, whose administrator's connection string is in <see cref="OnSqlServerAttribute.Variable"/>.</summary>
    SqlServer,
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
