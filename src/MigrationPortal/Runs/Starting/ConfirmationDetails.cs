using MigrationPortal.Engine;

namespace MigrationPortal.Runs.Starting;

/// <summary>What is still to be confirmed, by code: the refusal's sentence says it in words.</summary>
internal sealed record ConfirmationDetails(IEnumerable<string> Confirmations) : IRefusalDetails
{
    public IReadOnlyDictionary<string, object?> Values => new Dictionary<string, object?>(StringComparer.Ordinal) { ["confirmations"] = Confirmations.ToArray() };
}
