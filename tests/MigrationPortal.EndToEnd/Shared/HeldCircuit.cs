using System.Text;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>The connection of a page that is opened after this, whose messages can be held back in either direction.</summary>
internal sealed class HeldCircuit
{
    private readonly Way _toPortal = new();
    private readonly Way _toPage = new();

    public static async Task<HeldCircuit> OfAsync(IPage page)
    {
        var held = new HeldCircuit();
        await page.RouteWebSocketAsync("**/_blazor**", circuit =>
        {
            var portal = circuit.ConnectToServer();
            circuit.OnMessage(x => held._toPortal.Pass(x, portal));
            portal.OnMessage(x => held._toPage.Pass(x, circuit));
        });
        return held;
    }

    /// <summary>Completes with the first message to the portal that names this; what the portal sends from then on is held.</summary>
    public Task HoldAfterAsync(string call) => _toPortal.WatchAsync(call, _toPage.Hold);

    public void HoldToPage() => _toPage.Hold();

    public void HoldToPortal() => _toPortal.Hold();

    /// <summary>Completes with the next message of the page that it has drawn what the portal sent, even where it is held.</summary>
    public Task DrawnAsync() => _toPortal.WatchAsync("OnRenderCompleted", static () => { });

    /// <summary>Completes when the portal has sent something that is held.</summary>
    public Task HasHeldAsync() => _toPage.HasHeldAsync();

    public void PassToPage() => _toPage.Release();

    public void PassToPortal() => _toPortal.Release();

    private sealed class Way
    {
        private readonly Lock _lock = new();
        private readonly Queue<Action> _held = [];
        private bool _isHolding;
        private TaskCompletionSource _first = new();
        private (byte[] Name, Action Act, TaskCompletionSource Seen)? _watched;

        public Task WatchAsync(string name, Action act)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
                _watched = (Encoding.UTF8.GetBytes(name), act, seen);
            return seen.Task;
        }

        public void Hold()
        {
            lock (_lock)
                (_isHolding, _first) = (true, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        public Task HasHeldAsync() => _first.Task;

        public void Release()
        {
            lock (_lock)
            {
                _isHolding = false;
                while (_held.TryDequeue(out var pass))
                    pass();
            }
        }

        public void Pass(IWebSocketFrame frame, IWebSocketRoute to)
        {
            lock (_lock)
            {
                if (_watched is { } watched && frame.Binary is { } sent && sent.AsSpan().IndexOf(watched.Name) >= 0)
                {
                    _watched = null;
                    watched.Act();
                    watched.Seen.TrySetResult();
                }

                if (_isHolding)
                {
                    _held.Enqueue(() => Send(frame, to));
                    _first.TrySetResult();
                }
                else
                {
                    Send(frame, to);
                }
            }
        }

        private static void Send(IWebSocketFrame frame, IWebSocketRoute to)
        {
            if (frame.Binary is { } bytes)
                to.Send(bytes);
            else
                to.Send(frame.Text!);
        }
    }
}
