using MigrationPortal.Runs.Working;

namespace MigrationPortal.Tests.Runs;

/// <summary>As many rooms as may be, in their order, whatever the number becomes.</summary>
public sealed class RoomGateTests
{
    [Fact]
    public async Task Most_Raised_LetsTheNextInAtOnce()
    {
        var gate = new RoomGate(1);
        var rooms = Enter(gate, 3);
        Assert.Equal([true, false, false], rooms.Select(x => x.IsCompleted));
        gate.Most = 3;
        await Task.WhenAll(rooms);
    }

    [Fact]
    public async Task Most_Lowered_LetsNobodyInUntilEnoughHaveLeft()
    {
        var gate = new RoomGate(2);
        var rooms = Enter(gate, 3);
        gate.Most = 1;
        gate.Leave();
        Assert.Equal([true, true, false], rooms.Select(x => x.IsCompleted));
        gate.Leave();
        await rooms[2];
    }

    [Fact]
    public async Task Enter_GivenUpWhileWaiting_TakesNobodysPlace()
    {
        var gate = new RoomGate(1);
        await gate.EnterAsync(CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var impatient = gate.EnterAsync(cancel.Token);
        var patient = gate.EnterAsync(CancellationToken.None);
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => impatient);
        gate.Leave();
        await patient;
    }

    private static Task[] Enter(RoomGate gate, int rooms) => [.. Enumerable.Range(0, rooms).Select(_ => gate.EnterAsync(CancellationToken.None))];
}
