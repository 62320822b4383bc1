using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MigrationPortal.Tests.Shared.Servers;

/// <summary>
/// As much of a SQL Server as SqlClient needs to read rows, and to send some: takes any login in the clear and answers each statement
/// with what the test gives. It speaks TDS 7.4: packets of <c>kind, status, length, spid, number, window</c> and in them a stream of tokens.
/// </summary>
internal sealed class TdsServer : IAsyncDisposable
{
    /// <summary>Stands for the statement where the rows of a bulk insert have come.</summary>
    public const string Rows = "rows";

    private const byte Batch = 1, Rpc = 3, Answer = 4, Attention = 6, Bulk = 7, Transaction = 14, Login = 16, PreLogin = 18, Last = 1;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Func<int, string, TdsAnswer> _answer;
    private readonly Task _accepting;
    private int _connections;

    /// <param name="answer">By the number of the connection, from 1 on, and the statement.</param>
    public TdsServer(Func<int, string, TdsAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Connections => _connections;

    public string ConnectionString => $"Server=127.0.0.1,{((IPEndPoint)_listener.LocalEndpoint).Port};Database=mgc;User ID=sa;Password=secret;Encrypt=false";

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_ended.Token), Interlocked.Increment(ref _connections));
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                while (await ReadAsync(stream) is var (kind, message))
                {
                    var answer = kind switch
                    {
                        // VERSION and ENCRYPTION: this server cannot.
                        PreLogin => new TdsAnswer([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 10, 50, 0x19, 0x77, 0, 0, 2]),
                        // The collation that parameters are sent in, then who this is.
                        Login => new TdsAnswer([0xE3, 8, 0, 7, 5, 9, 4, 0xD0, 0, 0x34, 0, 0xAD, 10 + 2, 0, 1, 0x74, 0, 0, 4, 1, (byte)'S', 0, 10, 50, 0x19, 0x77, .. TdsAnswer.Done()]),
                        Batch or Rpc => _answer(number, Encoding.Unicode.GetString(Even(message, kind))),
                        Bulk => _answer(number, Rows),
                        Transaction => TdsAnswer.OfTransaction(message),
                        Attention => new TdsAnswer(TdsAnswer.Done(status: 0x20)),
                        _ => new TdsAnswer(TdsAnswer.Done()),
                    };
                    await SendAsync(stream, answer);
                    if (answer.End == TdsEnd.Cut) return;
                    if (answer.End == TdsEnd.Silence) await Task.Delay(Timeout.Infinite, _ended.Token);
                }
            }
            catch (Exception closed) when (closed is SocketException or IOException or OperationCanceledException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    // A batch's text is at an even place after its headers; in a call it may be at an odd one: both are tried by whoever looks for words.
    private static byte[] Even(byte[] message, byte kind) => kind == Batch ? message : [.. message, .. message.Length % 2 == 0 ? new byte[1] : [], .. message];

    private static async Task SendAsync(NetworkStream stream, TdsAnswer answer)
    {
        const int most = 4000;
        var pieces = answer.Tokens.Chunk(most).ToList();
        for (var i = 0; i < pieces.Count; i++)
        {
            // An answer that has no end has no last packet.
            var isLast = i == pieces.Count - 1 && answer.End == TdsEnd.Whole;
            byte[] packet = [Answer, isLast ? Last : (byte)0, 0, 0, 0, 0, 1, 0, .. pieces[i]];
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
            await stream.WriteAsync(packet);
        }
    }

    private static async Task<(byte Kind, byte[] Message)?> ReadAsync(NetworkStream stream)
    {
        var (head, message) = (new byte[8], new List<byte>());
        do
        {
            if (await stream.ReadAtLeastAsync(head, 8, throwOnEndOfStream: false) < 8) return null;
            var body = new byte[BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2)) - 8];
            await stream.ReadExactlyAsync(body);
            message.AddRange(body);
        }
        while ((head[1] & Last) == 0);
        return (head[0], [.. message]);
    }
}

internal enum TdsEnd
{
    Whole,
    Silence,
    Cut,
}

/// <param name="End">What follows the tokens.</param>
internal sealed record TdsAnswer(byte[] Tokens, TdsEnd End = TdsEnd.Whole)
{
    private const byte More = 1;

    public static TdsAnswer Nothing => new(Done());

    /// <summary>What a bulk insert asks of its table, here one of a single number: open transactions, columns, their collations, their other names.</summary>
    public static TdsAnswer Target => TargetOf(Columns(4));

    /// <summary>The same of a number that must not be missing.</summary>
    public static TdsAnswer FilledTarget => TargetOf([0x81, 1, 0, 0, 0, 0, 0, 0, 0, 0x26, 4, 1, (byte)'c', 0]);

    /// <summary>The same of a text of ten characters.</summary>
    public static TdsAnswer TextTarget => TargetOf([0x81, 1, 0, 0, 0, 0, 0, 1, 0, 0xE7, 20, 0, 9, 4, 0xD0, 0, 0x34, 1, (byte)'c', 0]);

    public static byte[] Done(byte status = 0) => [0xFD, status, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>The count of an UPDATE, of a trigger's too; under "set nocount on" a server sends none.</summary>
    public static TdsAnswer Changed(long rows) => new([0xFF, 0x10, 0, 0xC5, 0, .. Bytes(rows)]);

    /// <summary>What the statements of one batch answer, one after another.</summary>
    public static TdsAnswer Several(params TdsAnswer[] answers) => new([.. answers.SelectMany((x, i) => i == answers.Length - 1 ? x.Tokens : Continued(x.Tokens))]);

    /// <summary>One row of one number of <paramref name="width"/> bytes; none without a value.</summary>
    public static TdsAnswer Number(long? value, int width) =>
        new([.. Columns((byte)width), .. value is { } number ? (byte[])[0xD1, (byte)width, .. Bytes(number)[..width]] : [], .. Done()]);

    /// <summary>No row of so many numbers.</summary>
    public static TdsAnswer Empty(int columns) => new([.. Columns([.. Enumerable.Repeat((byte)8, columns)]), .. Done()]);

    /// <summary>A transaction begins (5) or ends (7, else taken back), under the only number that this server gives.</summary>
    public static TdsAnswer OfTransaction(byte[] request)
    {
        var kind = BinaryPrimitives.ReadUInt16LittleEndian(request.AsSpan(BinaryPrimitives.ReadInt32LittleEndian(request)));
        byte[] change = kind == 5 ? [8, 8, .. Bytes(1), 0] : [kind == 7 ? (byte)9 : (byte)10, 0, 8, .. Bytes(1)];
        return new([0xE3, (byte)change.Length, 0, .. change, .. Done()]);
    }

    /// <summary>Messages as they are asked for, the last of which ends in the middle of its content.</summary>
    public static TdsAnswer Messages(int count, TdsEnd end)
    {
        List<byte> tokens = [.. Columns([8, 8, 4, 1, 0], ["chatId", "chatDate", "userId", "isAlert", "content"])];
        for (var i = 1; i <= count; i++)
        {
            var text = Encoding.Unicode.GetBytes($"message {i}");
            tokens.AddRange([0xD1, 8, .. Bytes(i), 8, .. Bytes(635000000000000000 + i), 4, 2, 0, 0, 0, 1, 0, .. Bytes(text.Length), .. Bytes(text.Length)[..4], .. text, 0, 0, 0, 0]);
        }
        // A text of 100 000 bytes, of which a chunk of 8 000 is announced and half of it comes.
        if (end != TdsEnd.Whole) return new([.. tokens, 0xD1, 8, .. Bytes(count + 1), 8, .. Bytes(1), 4, 2, 0, 0, 0, 1, 0, .. Bytes(100_000), .. Bytes(8_000)[..4], .. new byte[4_000]], end);
        return new([.. tokens, .. Done()]);
    }

    // The collation's name is a text, which is missing here.
    private static TdsAnswer TargetOf(byte[] columns) => new(
        [.. Columns(4), 0xD1, 4, 0, 0, 0, 0, .. Done(More), .. columns, .. Done(More), .. Columns(4, 4, 4, 0), 0xD1, 0, 0, 0, .. Bytes(-1), .. Done(More), .. Columns(4, 4), .. Done()]);

    // Every answer ends with its status, its command and its count.
    private static byte[] Continued(byte[] tokens)
    {
        byte[] continued = [.. tokens];
        continued[^12] |= More;
        return continued;
    }

    // INTN (0x26) of that many bytes; 1 is BITN (0x68) among others, 0 is nvarchar(max) (0xE7).
    private static byte[] Columns(byte[] widths, string[] names)
    {
        List<byte> tokens = [0x81, (byte)widths.Length, 0];
        foreach (var (width, name) in widths.Zip(names))
            tokens.AddRange([0, 0, 0, 0, 1, 0, .. (byte[])(width switch { 0 => [0xE7, 0xFF, 0xFF, 9, 4, 0xD0, 0, 0x34], 1 when widths.Length > 1 => [0x68, 1], _ => [0x26, width] }), (byte)name.Length, .. Encoding.Unicode.GetBytes(name)]);
        return [.. tokens];
    }

    private static byte[] Columns(params byte[] widths) => Columns(widths, [.. widths.Select(_ => "c")]);

    private static byte[] Bytes(long value) => BitConverter.GetBytes(value);
}
