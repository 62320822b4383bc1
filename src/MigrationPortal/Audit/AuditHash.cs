using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MigrationPortal.Audit;

/// <summary>One link of the chain: SHA-256 over the previous hash and the row's canonical text.</summary>
internal static class AuditHash
{
    public static readonly byte[] Genesis = new byte[SHA256.HashSizeInBytes];

    public static byte[] Of(AuditEntry entry) => Of(entry.PreviousHash, entry);

    public static byte[] Of(byte[] previous, AuditEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        buffer.Write(previous);
        WriteCanonical(buffer, entry);
        return SHA256.HashData(buffer.WrittenSpan);
    }

    /// <summary>What the hash is taken over, behind the previous hash, as UTF-8.</summary>
    public static string Canonical(AuditEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        WriteCanonical(buffer, entry);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // [12,"2026-11-21T01:02:03.4567890Z","anna","BatchSubmitted","batch:12","contoso",[["fingerprint","9f2c…"]]]
    private static void WriteCanonical(IBufferWriter<byte> buffer, AuditEntry entry)
    {
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        json.WriteNumberValue(entry.Id);
        json.WriteStringValue(entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteStringValue(entry.By);
        json.WriteStringValue(entry.Action);
        json.WriteStringValue(entry.Subject);
        json.WriteStringValue(entry.PoolPairId);
        json.WriteStartArray();
        foreach (var (name, value) in entry.Details.OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            json.WriteStartArray();
            json.WriteStringValue(name);
            json.WriteStringValue(value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndArray();
    }
}
