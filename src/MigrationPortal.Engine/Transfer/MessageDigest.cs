using System.Buffers.Binary;
using System.Security.Cryptography;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>
/// SHA-256 over messages in chatId order. Canonical bytes of one, little endian: chatId (8), chatDate (8), author's prinID in the new
/// pool (4), isAlert (1), content length (4), content in UTF-8.
/// </summary>
internal sealed class MessageDigest : IDisposable
{
    private const int HeadLength = 25;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Append(MessageSource message, int author)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        BinaryPrimitives.WriteInt64LittleEndian(head, message.ChatId);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], message.Ticks);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], author);
        head[20] = message.IsAlert ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(head[21..], message.Content.Length);
        _hash.AppendData(head);
        _hash.AppendData(message.Content);
    }

    public byte[] Finish() => _hash.GetHashAndReset();

    public void Dispose() => _hash.Dispose();
}
