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

    // The hash takes its time per call, not per byte: messages are handed to it by the bufferful.
    private readonly byte[] _buffer = new byte[32 * 1024];
    private readonly IncrementalHash _hash;
    private int _length;

    public MessageDigest() : this(IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
    {
    }

    private MessageDigest(IncrementalHash hash) => _hash = hash;

    /// <summary>A digest of the same messages so far, that goes its own way from here.</summary>
    public MessageDigest Clone()
    {
        Flush();
        return new MessageDigest(_hash.Clone());
    }

    public void Append(MessageSource message, int author)
    {
        var content = message.Content.Span;
        if (_buffer.Length - _length < HeadLength + content.Length) Flush();
        var head = _buffer.AsSpan(_length, HeadLength);
        BinaryPrimitives.WriteInt64LittleEndian(head, message.ChatId);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], message.Ticks);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], author);
        head[20] = message.IsAlert ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(head[21..], content.Length);
        _length += HeadLength;
        if (content.Length <= _buffer.Length - _length)
        {
            content.CopyTo(_buffer.AsSpan(_length));
            _length += content.Length;
            return;
        }
        Flush();
        _hash.AppendData(content);
    }

    public byte[] Finish()
    {
        Flush();
        return _hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();

    private void Flush()
    {
        _hash.AppendData(_buffer.AsSpan(0, _length));
        _length = 0;
    }
}
