using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Batches.Planning;

/// <summary>The engine's plan as it is kept in <see cref="BatchPlan.Document"/>: gzipped JSON, enums as words.</summary>
internal static class PlanDocument
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static byte[] Write(MigrationPlan plan)
    {
        using var document = new MemoryStream();
        using (var gzip = new GZipStream(document, CompressionLevel.Optimal))
            JsonSerializer.Serialize(gzip, plan, Json);
        return document.ToArray();
    }

    public static MigrationPlan Read(byte[] document)
    {
        using var gzip = new GZipStream(new MemoryStream(document), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<MigrationPlan>(gzip, Json)
            ?? throw new InvalidDataException("The kept plan is empty.");
    }
}
