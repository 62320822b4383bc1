using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MigrationPortal.Tests.Shared;
using MimeKit;
using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace MigrationPortal.Tests.Notices;

/// <summary>A real SMTP server in this process, behind a door that can be shut.</summary>
internal sealed class TestSmtpServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _door = new(IPAddress.Loopback, 0);
    private readonly int _inside = FreePort.Find();
    private readonly ConcurrentQueue<MimeMessage> _messages = new();
    private readonly List<Task> _running = [];
    private int _connections;

    public TestSmtpServer()
    {
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(new Store(this));
        services.Add(new DelegatingMailboxFilter((context, mailbox) => true, (context, to, from) => to.AsAddress() != Refused));
        var options = new SmtpServerOptionsBuilder().ServerName("mail.contoso.com").Endpoint(x => x.Endpoint(new IPEndPoint(IPAddress.Loopback, _inside))).Build();
        _running.Add(new SmtpServer.SmtpServer(options, services).StartAsync(_stop.Token));
        _door.Start();
        _running.Add(ServeAsync());
    }

    public int Port => ((IPEndPoint)_door.LocalEndpoint).Port;

    public bool IsAway { get; set; }

    /// <summary>It lets everybody in, and answers 421 to each mail.</summary>
    public bool TakesNothing { get; set; }

    /// <summary>An address that nobody has.</summary>
    public string? Refused { get; init; }

    /// <summary>An address whose mailbox takes nothing for the time being.</summary>
    public string? Full { get; init; }

    public int Connections => Volatile.Read(ref _connections);

    public IReadOnlyList<MimeMessage> Messages => [.. _messages];

    public IEnumerable<string> To => Messages.SelectMany(x => x.To.Mailboxes).Select(x => x.Address);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _door.Stop();
        await Task.WhenAll(_running).ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var guest = await _door.AcceptTcpClientAsync(_stop.Token);
            Interlocked.Increment(ref _connections);
            _ = PassAsync(guest);
        }
    }

    private async Task PassAsync(TcpClient guest)
    {
        using (guest)
        {
            if (IsAway)
                return;
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, _inside, _stop.Token);
            await Task.WhenAny(guest.GetStream().CopyToAsync(server.GetStream(), _stop.Token), server.GetStream().CopyToAsync(guest.GetStream(), _stop.Token));
        }
    }

    private sealed class Store(TestSmtpServer server) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            if (server.TakesNothing)
                return new(SmtpReplyCode.ServiceUnavailable, "not now");
            if (transaction.To.Any(x => x.AsAddress() == server.Full))
                return new(SmtpReplyCode.InsufficientStorage, "full");
            using var content = new MemoryStream(buffer.ToArray());
            server._messages.Enqueue(await MimeMessage.LoadAsync(content, cancellationToken));
            return SmtpResponse.Ok;
        }
    }
}
