using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace MigrationPortal.Presence;

/// <summary>
/// What one browser tab shows of its person. It comes and goes with the circuit's connection, which the server notices by itself, and
/// with what the browser says of the tab; there is no timer in it, which a hidden tab would run once a minute.
/// </summary>
internal sealed class CircuitPresence(PresenceStore store, TimeProvider time, IOptions<PresenceOptions> options) : CircuitHandler
{
    private readonly List<PresenceMark> _marks = [];
    private string _circuit = Guid.NewGuid().ToString("n");
    private bool _isTold;

    public bool IsEnabled => options.Value.Enabled;

    /// <summary>The person chose in this browser that looking is not shown; editing is.</summary>
    public bool HidesLooking { get; private set; }

    /// <summary>The tab is in the background, as the browser says.</summary>
    public bool IsHidden { get; private set; }

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _circuit = circuit.Id;
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => SetConnected(true);

    // May come twice for one lost connection.
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => SetConnected(false);

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        store.Close(_circuit);
        return Task.CompletedTask;
    }

    /// <summary>What js/presence.js says, as soon as it can and at each change. Until then looking is not shown.</summary>
    public void Tell(bool isHidden, bool hidesLooking)
    {
        (_isTold, IsHidden, HidesLooking) = (true, isHidden, hidesLooking);
        foreach (var mark in _marks)
            Show(mark);
    }

    /// <summary>Shows the person at the subject until the answer is disposed.</summary>
    public IDisposable Enter(Caller person, string subject, PresenceField? editing)
    {
        var mark = new PresenceMark(Leave, new(person.Name, person.DisplayName, subject, editing, time.GetUtcNow(), IsHidden));
        _marks.Add(mark);
        Show(mark);
        return mark;
    }

    /// <summary>Shows the person as editing until the answer is disposed, for what is typed in a dialog; nothing where presence is off.</summary>
    public IDisposable? Edit(Caller person, string subject, PresenceField field) => IsEnabled ? Enter(person, subject, field) : null;

    private void Show(PresenceMark mark)
    {
        mark.Entry = mark.Entry with { IsHidden = IsHidden };
        var isShown = mark.Entry.Editing is not null || (_isTold && !HidesLooking);
        if (isShown && mark.Id is { } id)
            store.Replace(id, mark.Entry);
        else if (isShown)
            mark.Id = store.Enter(_circuit, mark.Entry);
        else
            Hide(mark);
    }

    private void Leave(PresenceMark mark)
    {
        _marks.Remove(mark);
        Hide(mark);
    }

    private void Hide(PresenceMark mark)
    {
        if (mark.Id is { } id)
            store.Leave(id);
        mark.Id = null;
    }

    private Task SetConnected(bool isConnected)
    {
        store.SetConnected(_circuit, isConnected);
        return Task.CompletedTask;
    }
}

/// <summary>One component's claim that its person is there.</summary>
internal sealed class PresenceMark(Action<PresenceMark> leave, PresenceEntry entry) : IDisposable
{
    public PresenceEntry Entry { get; set; } = entry;

    /// <summary>In the store; null while it is not shown.</summary>
    public long? Id { get; set; }

    public void Dispose() => leave(this);
}
