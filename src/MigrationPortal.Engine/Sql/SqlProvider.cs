namespace MigrationPortal.Engine.Sql;

public enum SqlProvider
{
    SqlServer,
    PostgreSql,
}
