using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MigrationPortal.EndToEnd.Shared;

/// <param name="To">Its one recipient.</param>
/// <param name="Text">Its body as it was sent.</param>
internal sealed record SunkMail(string To, string Subject, string Text);

/// <summary>A mail server on this machine that takes everything and passes nothing on. It says that it takes 8-bit text, so that mails arrive as they were written.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<SunkMail> _mails = new();
    private readonly Task _serving;

    public MailSink()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyList<SunkMail> Mails => [.. _mails];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
            _ = TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
    }

    // RFC 5321, as much as one client at a time needs.
    private async Task TalkAsync(TcpClient guest)
    {
        using (guest)
        {
            using var reader = new StreamReader(guest.GetStream(), Encoding.UTF8);
            await using var writer = new StreamWriter(guest.GetStream(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 mail.contoso.com");
            var to = "";
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                if (verb == "RCPT")
                    to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                if (verb == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    _mails.Enqueue(await ReadAsync(reader, to));
                }

                await writer.WriteLineAsync(verb switch { "EHLO" => "250-mail.contoso.com\r\n250 8BITMIME", "QUIT" => "221 bye", _ => "250 fine" });
                if (verb == "QUIT")
                    return;
            }
        }
    }

    private async Task<SunkMail> ReadAsync(StreamReader reader, string to)
    {
        var (subject, text, isBody) = ("", new StringBuilder(), false);
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            if (isBody)
                text.AppendLine(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line);
            else if (line.StartsWith("Subject: ", StringComparison.OrdinalIgnoreCase))
                subject = line["Subject: ".Length..];
            isBody |= line.Length == 0;
        }

        return new(to, subject, text.ToString());
    }
}
