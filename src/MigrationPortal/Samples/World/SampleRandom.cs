using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MigrationPortal.Samples.World;

/// <summary>xorshift64*: the same numbers on every machine and in every version of .NET.</summary>
internal struct SampleRandom(ulong seed)
{
    private ulong _state = (seed * 0x9E3779B97F4A7C15UL) | 1;

    public int Next(int below)
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (int)((_state * 0x2545F4914F6CDD1DUL >> 33) % (ulong)below);
    }

    public bool Chance(int percent) => Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];
}

internal static class SampleGuid
{
    /// <summary>The same name has the same guid in every world that is made.</summary>
    public static Guid Of(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"migrationportal-sample:{name}"));
        // Version 4, RFC variant, so that it looks like what Windows makes.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    public static ulong Seed(string name) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
