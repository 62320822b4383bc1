using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;
using MigrationPortal.Windows.Scheduling;
using MudBlazor;

namespace MigrationPortal.Inbox;

/// <summary>Scheduled starts, for operators: those that are still to be confirmed within a day of their time, and those that were missed.</summary>
internal sealed class ScheduleLines(
    ScheduleQueries schedules, BatchDetails details, IStringLocalizer<InboxTexts> texts, SharedReading<IReadOnlyList<ScheduledBatch>> shared, TimeProvider clock) : IInboxLines
{
    private static readonly TimeSpan _soon = TimeSpan.FromDays(1);

    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Has(Role.Operator))
            return [];
        var now = clock.GetUtcNow();
        var scheduled = await shared.ReadAsync(poolPairId, () => schedules.ListAsync(poolPairId, CancellationToken.None), cancellationToken);
        return [.. scheduled.Where(x => Rights.HasIn(caller, Role.Operator, x.Batch.PoolPairId)).Select(x => LineOf(x, now)).OfType<InboxLine>()];
    }

    public Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        InboxKeys.Read(key, "schedule", "missed") is { } batch
            ? details.FindAsync(batch, caller, x => x.State is BatchState.Scheduled or BatchState.Approved, cancellationToken)
            : Task.FromResult<InboxDetail?>(null);

    private InboxLine? LineOf(ScheduledBatch one, DateTimeOffset now)
    {
        var (batch, schedule) = (one.Batch, one.Schedule);
        var url = Urls.Batch(batch.Id, null, batch.PoolPairId);
        if (schedule is { MissedAt: { } missed, MissedWhy: { } why })
            return new(InboxKeys.Of("missed", batch.Id), InboxClass.Do, PortalIcons.EventBusy, Tone.Warn, texts["ScheduleMissed", batch.Name], why.ToString(), missed, url, texts["OpenStart"]) { BatchId = batch.Id };
        return one.Start is { } start && one.Unconfirmed.Count > 0 && start.From - now < _soon
            ? new(InboxKeys.Of("schedule", batch.Id), InboxClass.Today, PortalIcons.Schedule, Tone.Warn, texts["ScheduleUnconfirmed", batch.Name], texts["ScheduleUnconfirmedReason"], schedule.At, url, texts["OpenStart"]) { BatchId = batch.Id, Due = start.From }
            : null;
    }
}
