using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Ui;

/// <summary>What open pages do while the portal's own database does not answer.</summary>
internal sealed class PageOutages(IServiceProvider services, WaitOut waitOut, DatabaseReturn database)
{
    // An open page looks again soon after the database is back.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Does that work again until the database answers it.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits any more, also where the last try failed after that.</exception>
    public async Task WaitAsync(string name, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await waitOut.DoAsync<bool>(
                new Waiting(name) { Longest = LongestWait },
                async _ =>
                {
                    await work();
                    return true;
                },
                cancellationToken);
        }
        catch (Exception failure) when (cancellationToken.IsCancellationRequested && Outage.IsOfPortal(failure))
        {
            throw new OperationCanceledException(failure.Message, failure, cancellationToken);
        }
    }

    /// <summary>Says that what was just asked for may not have been done. It is not done again: whoever asked looks first.</summary>
    public void TellNotDone()
    {
        // Asked for here: a document that is drawn for a file has no browser that could show one.
        services.GetRequiredService<Toasts>().Refused(new Refusal("portal-database.action", RefusalKind.Unavailable));
        // The frame says how long the database is away.
        database.Watch();
    }

    /// <summary>Until the database answers.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => database.WaitAsync(cancellationToken);
}
