using Microsoft.AspNetCore.Components;
using MigrationPortal.Ui;

namespace MigrationPortal.Presence;

/// <summary>A part of a page that enters its person at a subject and shows who else is there.</summary>
public abstract class PresencePart : PortalComponent
{
    private IDisposable? _subscription;
    private IDisposable? _mark;
    private string? _followed;

    /// <summary>Kind and id: <c>batch:12</c>.</summary>
    [Parameter, EditorRequired] public string Subject { get; set; } = "";

    [Inject] internal PresenceStore Store { get; set; } = null!;

    [Inject] internal CircuitPresence Circuit { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    protected IReadOnlyList<PresentPerson> People { get; private set; } = [];

    /// <summary>Null until the circuit is there, and where presence is off.</summary>
    private protected Caller? Me { get; private set; }

    private protected abstract PresenceField? Editing { get; }

    /// <summary>Whether the person is shown at the subject because of this part.</summary>
    private protected abstract bool Enters { get; }

    /// <summary>Called before what changed is drawn.</summary>
    private protected virtual void Look(IReadOnlyList<PresentPerson> before)
    {
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || !Circuit.IsEnabled)
            return;
        Me ??= await CurrentCaller.GetAsync();
        if (Gone.IsCancellationRequested)
            return;
        if (_followed != Subject)
        {
            Leave();
            _followed = Subject;
            _subscription = Store.Subscribe(Subject, () => InvokeAsync(Read));
        }

        if (Enters)
            _mark ??= Circuit.Enter(Me, Subject, Editing);
        else
            Leave(onlyMark: true);
        Read();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Leave();
    }

    private void Leave(bool onlyMark = false)
    {
        _mark?.Dispose();
        _mark = null;
        if (!onlyMark)
            _subscription?.Dispose();
    }

    private void Read()
    {
        if (Gone.IsCancellationRequested)
            return;
        var before = People;
        People = Store.List(Subject);
        Look(before);
        StateHasChanged();
    }
}
