using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Batches.Planning;

/// <summary>
/// The engine's plan as it is kept in <see cref="BatchPlan.Document"/>: gzipped JSON, enums as words. A scope stands once in it, however many
/// categories have it.
/// </summary>
internal static class PlanDocument
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static byte[] Write(MigrationPlan plan)
    {
        var places = new Dictionary<IReadOnlyList<Guid>, int>(ReferenceEqualityComparer.Instance);
        var scopes = plan.Categories.Select(x => places.TryAdd(x.Scope, places.Count) ? places.Count - 1 : places[x.Scope]).ToList();
        var stored = new StoredPlan(plan with { Categories = [.. plan.Categories.Select(x => x with { Scope = [] })] }, [.. places.OrderBy(x => x.Value).Select(x => x.Key)], scopes);
        using var document = new MemoryStream();
        using (var gzip = new GZipStream(document, CompressionLevel.Optimal))
            JsonSerializer.Serialize(gzip, stored, Json);
        return document.ToArray();
    }

    public static MigrationPlan Read(byte[] document)
    {
        var (plan, scopes, ofCategories) = Read<StoredPlan>(document);
        return plan is null
            // As it was kept before scopes stood once: the plan itself.
            ? Read<MigrationPlan>(document)
            : plan with { Categories = [.. plan.Categories.Select((x, at) => x with { Scope = scopes![ofCategories![at]] })] };
    }

    private static T Read<T>(byte[] document)
    {
        using var gzip = new GZipStream(new MemoryStream(document), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(gzip, Json) ?? throw new InvalidDataException("The kept plan is empty.");
    }

    /// <param name="Plan">Its categories without their scopes.</param>
    /// <param name="ScopeOf">Of each category, which of <paramref name="Scopes"/>.</param>
    private sealed record StoredPlan(MigrationPlan? Plan, IReadOnlyList<IReadOnlyList<Guid>>? Scopes, IReadOnlyList<int>? ScopeOf);
}
