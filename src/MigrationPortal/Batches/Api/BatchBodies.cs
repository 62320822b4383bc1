using System.Text.Json;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Batches.Api;

/// <summary>Rooms by id, or all that match a filter except some.</summary>
/// <param name="OnlyFitting">Takes the rooms that can be added and answers the others by reason as <c>left</c>; else all of them or none.</param>
internal sealed record CreateBatchBody(string? PoolPairId, string? Name, long[]? RoomIds, RoomFilterBody? Filter, long[]? Except, bool OnlyFitting = false);

/// <summary>As in the address of the rooms list: comma lists of comparisons, categories (a comma in a name as <c>\\,</c>) and batches.</summary>
internal sealed record RoomFilterBody(string? Comparison, string? Search, string? Category, string? BatchId);

/// <summary>What is missing stays as it is; <c>options: null</c> goes back to those of the pool pair.</summary>
internal sealed record EditBatchBody
{
    public string? Name { get; init; }
    /// <summary>The round of <c>GET …/standing</c> that this edit knowingly ends; another one is answered with 409 <c>review-moved</c>.</summary>
    public long? ExpectedRound { get; init; }
    /// <summary>
    /// The version that was edited. Other values that were changed since stay, and the answer names them as <c>beside</c>; the same value is answered with 409
    /// <c>edit-conflict</c>, both values and the version to send to replace theirs. <c>If-Match</c> refuses any change instead.
    /// </summary>
    public int? BaseVersion { get; init; }
    public long[]? RoomIds { get; init; }
    public long[]? AddRoomIds { get; init; }
    /// <summary>Adds those of <c>addRoomIds</c> that can be added and answers the others by reason as <c>left</c>; else all of them or none.</summary>
    public bool OnlyFitting { get; init; }
    public long[]? RemoveRoomIds { get; init; }
    public JsonElement Options { get; init; }
    public Dictionary<long, string?>? NewNames { get; init; }
    /// <summary>By the guid that <c>GET …/categories</c> gives; null lets the rule name it again.</summary>
    public Dictionary<Guid, string?>? CategoryNames { get; init; }

    public EditBatch ToEdit(long batchId, int? version) => new(batchId, version)
    {
        Name = Name,
        ExpectedRound = ExpectedRound,
        BaseVersion = BaseVersion,
        RoomIds = RoomIds,
        AddRoomIds = AddRoomIds,
        OnlyFitting = OnlyFitting,
        RemoveRoomIds = RemoveRoomIds,
        SetsOptions = Options.ValueKind != JsonValueKind.Undefined,
        Options = Options.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : ApiJson.Read<PlanOptions>(Options),
        NewNames = NewNames,
        CategoryNames = CategoryNames,
    };
}

internal sealed record AcknowledgeBody(string? Reason);

/// <param name="How"><c>List</c> or <c>Sample</c>: what was looked at.</param>
/// <param name="FindingIds">Only these of the rule; missing takes all that are open.</param>
internal sealed record AcknowledgeRuleBody(string? RuleId, string? Reason, AcknowledgedHow How = AcknowledgedHow.List, long[]? FindingIds = null);

/// <param name="Acknowledged">How many were acknowledged now.</param>
internal sealed record AcknowledgedJson(int Acknowledged);

internal sealed record SubmitBody(bool AcknowledgeWarnings = false);
