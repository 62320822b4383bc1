using Microsoft.AspNetCore.Components.Server.Circuits;

namespace MigrationPortal.Presence;

/// <summary>
/// Whether a browser is connected to its circuit. A circuit outlives its browser by minutes; the connection of a closed tab ends at once,
/// that of a frozen or unplugged machine after SignalR's timeout, at most 30 s.
/// </summary>
internal sealed class CircuitPresence(WhoIsHere board) : CircuitHandler
{
    public bool IsConnected { get; private set; } = true;

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => SetAsync(true);

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => SetAsync(false);

    // Told more than once now and then.
    internal Task SetAsync(bool isConnected)
    {
        if (IsConnected == isConnected)
            return Task.CompletedTask;
        IsConnected = isConnected;
        board.Changed(this);
        return Task.CompletedTask;
    }
}
