using System.Globalization;

namespace MigrationPortal.Engine.Sql;

/// <summary>A database failure that was explained where it was still known which of two databases failed.</summary>
internal sealed class ChatDatabaseException(Refusal refusal, Exception? failure = null) : Exception(refusal.In(CultureInfo.InvariantCulture), failure)
{
    public Refusal Refusal { get; } = refusal;
}
