using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MigrationPortal.Data;

internal static class UniqueViolation
{
    /// <summary>Whether an index that guards a rule refused the row: a normal answer, not a failure.</summary>
    public static bool IsUniqueViolation(this DbUpdateException failure, string constraint) =>
        failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } refused && refused.ConstraintName == constraint;
}
