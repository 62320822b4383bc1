using System.Collections.Frozen;

namespace MigrationPortal.Reviews.Policy;

/// <summary>What a submission amounts to, counted once when it is submitted: growth after that is drift and raises nothing.</summary>
/// <param name="values">By name; what is not there is 0.</param>
/// <param name="owned">Categories of the batch that an approver's grant names.</param>
public sealed class ReviewFacts(IReadOnlyDictionary<string, long> values, IReadOnlyList<string>? owned = null)
{
    /// <summary>Before the rule id of the preflight check whose warnings are counted.</summary>
    public const string WarningsOfRule = "warnings:";

    /// <summary>Before a category's path, in what is needed.</summary>
    public const string OwnerOf = "Category:";

    public const string Rooms = "rooms";
    public const string Messages = "messages";
    public const string ClosedRooms = "closedRooms";
    public const string SecretRooms = "secretRooms";
    public const string Warnings = "warnings";
    public const string BulkAcknowledged = "bulkAcknowledged";
    /// <summary>People who have more rights afterwards.</summary>
    public const string Gaining = "gaining";
    public const string RootManagers = "rootManagers";
    public const string Federated = "federated";
    public const string Undo = "undo";
    public const string Delta = "delta";

    public static FrozenSet<string> Names { get; } = FrozenSet.Create(
        StringComparer.Ordinal, Rooms, Messages, ClosedRooms, SecretRooms, Warnings, BulkAcknowledged, Gaining, RootManagers, Federated, Undo, Delta);

    /// <summary>0 for a fact that this submission does not have.</summary>
    public long this[string name] => values.GetValueOrDefault(name);

    public IReadOnlyDictionary<string, long> Values => values;

    public IReadOnlyList<string> Owned { get; } = owned ?? [];

    /// <summary>The category in <c>Category:Trading</c>; null for every other need.</summary>
    public static string? CategoryOf(string need) => need.StartsWith(OwnerOf, StringComparison.Ordinal) ? need[OwnerOf.Length..] : null;

    /// <summary>The rule's id in <c>warnings:P12</c>; null for every other fact.</summary>
    public static string? RuleOf(string name) => name.StartsWith(WarningsOfRule, StringComparison.Ordinal) ? name[WarningsOfRule.Length..] : null;
}
