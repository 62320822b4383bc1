using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MigrationPortal.Evidence;

internal sealed record EvidenceFile(string Path, long Size, string Sha256);

/// <param name="Of">The plan, delta or undo that was decided about.</param>
internal sealed record EvidenceFingerprint(string Of, long Round, string Sha256);

/// <param name="AuditEntry">The batch's newest entry of the audit log.</param>
internal sealed record EvidenceAudit(string AuditEntry, string Hash);

/// <summary>
/// What the package holds; the signature is over these bytes, and each file's hash is in them. A file is a line, which
/// <c>docs/verify-evidence.sh</c> reads:
/// <code>{"path":"plan.json","size":12,"sha256":"9f…"}</code>
/// </summary>
/// <param name="AsOf">When the batch last changed: the same state has the same manifest whenever it is made. The signature says when it was made.</param>
internal sealed record EvidenceManifest(
    string Batch, string Name, string PoolPair, string State, DateTimeOffset AsOf, string MadeBy, bool Signed,
    IReadOnlyList<EvidenceFingerprint> Fingerprints, EvidenceAudit? Audit, IReadOnlyList<EvidenceFile> Files)
{
    public const string Format = "migrationportal-evidence-1";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public byte[] ToBytes()
    {
        var text = new StringBuilder("{\n");
        Add("format", Format);
        Add("batch", Batch);
        Add("name", Name);
        Add("poolPair", PoolPair);
        Add("state", State);
        Add("asOf", AsOf);
        Add("madeBy", MadeBy);
        Add("signed", Signed);
        Add("fingerprints", Fingerprints);
        Add("audit", Audit);
        text.Append("  \"files\": [\n").AppendJoin(",\n", Files.Select(x => $"    {JsonSerializer.Serialize(x, Json)}")).Append("\n  ]\n}\n");
        return Encoding.UTF8.GetBytes(text.ToString());

        void Add<T>(string key, T value) => text.Append("  \"").Append(key).Append("\": ").Append(JsonSerializer.Serialize(value, Json)).Append(",\n");
    }
}
