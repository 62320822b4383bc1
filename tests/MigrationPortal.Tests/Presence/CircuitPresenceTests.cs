using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Access;
using MigrationPortal.Live;
using MigrationPortal.Presence;

namespace MigrationPortal.Tests.Presence;

public sealed class CircuitPresenceTests
{
    private const string Batch = "batch:12";

    private static readonly Caller Carla = new("carla", "Carla", new HashSet<Role> { Role.Viewer });

    private readonly PresenceStore _store;
    private readonly CircuitPresence _circuit;

    public CircuitPresenceTests()
    {
        var time = new FakeTimeProvider();
        _store = new(time, NullLogger<LiveFeed>.Instance);
        _circuit = new(_store, time, Options.Create(new PresenceOptions()));
    }

    [Fact]
    public void Enter_BeforeTheBrowserSaidAnything_IsNotShownUntilItDoes()
    {
        using var mark = _circuit.Enter(Carla, Batch, null);
        Assert.Empty(_store.List(Batch));

        _circuit.Tell(isHidden: true, hidesLooking: false);
        Assert.True(Assert.Single(_store.List(Batch)).IsHidden);
    }

    [Fact]
    public void Tell_HidesLooking_ShowsEditingAlone()
    {
        _circuit.Tell(isHidden: false, hidesLooking: false);
        using var looking = _circuit.Enter(Carla, Batch, null);
        using (_circuit.Enter(Carla, Batch, PresenceField.Options))
        {
            _circuit.Tell(isHidden: false, hidesLooking: true);
            Assert.Equal([PresenceField.Options], Assert.Single(_store.List(Batch)).Editing);
        }

        Assert.Empty(_store.List(Batch));
        _circuit.Tell(isHidden: false, hidesLooking: false);
        Assert.Single(_store.List(Batch));
    }

    [Fact]
    public void Edit_WherePresenceIsOff_ShowsNobody()
    {
        var circuit = new CircuitPresence(_store, new FakeTimeProvider(), Options.Create(new PresenceOptions { Enabled = false }));

        using (circuit.Edit(Carla, Batch, PresenceField.Name))
            Assert.Empty(_store.List(Batch));
    }

    // A connection that is lost is told of by the transport and by the timeout.
    [Fact]
    public async Task OnConnectionDown_TwiceThenUp_IsGoneAndBack()
    {
        _circuit.Tell(isHidden: false, hidesLooking: false);
        using var mark = _circuit.Enter(Carla, Batch, null);

        await _circuit.OnConnectionDownAsync(null!, CancellationToken.None);
        await _circuit.OnConnectionDownAsync(null!, CancellationToken.None);
        Assert.Empty(_store.List(Batch));
        await _circuit.OnConnectionUpAsync(null!, CancellationToken.None);
        Assert.Single(_store.List(Batch));
        await _circuit.OnCircuitClosedAsync(null!, CancellationToken.None);
        Assert.Empty(_store.List(Batch));
    }
}
