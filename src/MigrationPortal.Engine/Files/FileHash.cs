using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace MigrationPortal.Engine.Files;

internal static class FileHash
{
    private const int BufferLength = 256 * 1024;

    /// <summary>
    /// Size and SHA-256 of what is read, while it also goes elsewhere. A file that grows while it is read is read to a little behind what was its
    /// end, which its size then tells: one that grows as fast as it is read has no end.
    /// </summary>
    public static async Task<(long Length, byte[] Sha256)> ReadAsync(
        SafeFileHandle source, Func<ReadOnlyMemory<byte>, long, ValueTask>? each, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            var (at, length) = (0L, RandomAccess.GetLength(source));
            while (at <= length && await RandomAccess.ReadAsync(source, buffer.AsMemory(0, BufferLength), at, cancellationToken) is > 0 and var read)
            {
                hash.AppendData(buffer.AsSpan(0, read));
                if (each is not null) await each(buffer.AsMemory(0, read), at);
                at += read;
                cancellationToken.ThrowIfCancellationRequested();
            }
            return (at, hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static Task<(long Length, byte[] Sha256)> OfAsync(OpenFile file, CancellationToken cancellationToken) => ReadAsync(file.Handle, null, cancellationToken);
}
