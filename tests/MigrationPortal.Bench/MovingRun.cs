using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Bench;

/// <summary>Tells the portal's pages what a run of small rooms tells them, without one: four rooms begin with each step, and four end.</summary>
internal sealed class MovingRun(WebApplication portal, long runId, RunPicture picture)
{
    private const int RoomsPerStep = 4;

    private readonly RunFeed _feed = portal.Services.GetRequiredService<RunFeed>();
    private readonly List<TransferLine> _lines = [.. picture.Transfers];
    private RunView _run = picture.Run;
    private int _next;
    private int _step;

    public void Begin()
    {
        _run = _run with { State = RunState.Running, Revision = _run.Revision + 1 };
        Publish(Enumerable.Range(0, 5), x => x with { State = TransferState.Copying, StartedAt = TimeProvider.System.GetUtcNow() });
        _next = 5;
    }

    /// <summary>The five that move come one message further, once a second.</summary>
    public void ChangeFive()
    {
        if (_step++ % 10 == 0)
            Publish(Enumerable.Range(0, 5), x => x with { CopiedMessageCount = x.CopiedMessageCount + 1 });
    }

    public void GoOn()
    {
        var now = TimeProvider.System.GetUtcNow();
        Publish(Enumerable.Range(_next - RoomsPerStep, RoomsPerStep), x => x with
        {
            State = TransferState.Done, CopiedMessageCount = x.TotalMessageCount, VerifiedMessageCount = x.TotalMessageCount, Grade = Grade.Perfect, FinishedAt = now,
        });
        Publish(Enumerable.Range(_next, RoomsPerStep), x => x with { State = TransferState.Copying, CopiedMessageCount = 10, StartedAt = now });
        _next += RoomsPerStep;
    }

    /// <summary>From here on the next rooms to begin are the largest ones, so that every waiting room that a page shows is soon another one.</summary>
    public void LargestFirst() => Publish(Enumerable.Range(_next, _lines.Count - _next), x => x with { TotalMessageCount = 20 + _lines.Count - x.Ordinal });

    private void Publish(IEnumerable<int> rooms, Func<TransferLine, TransferLine> change)
    {
        var changed = rooms.Select(i => _lines[i] = change(_lines[i]) with { Revision = _lines[i].Revision + 1 }).ToList();
        var sample = new RunSample
        {
            RunId = runId, At = TimeProvider.System.GetUtcNow(), CopiedMessageCount = _lines.Sum(x => x.CopiedMessageCount), VerifiedMessageCount = _lines.Sum(x => x.VerifiedMessageCount),
        };
        _feed.Publish(runId, _run, changed, _step % 10 == 0 || _next % 40 == 5 ? sample : null);
    }
}
