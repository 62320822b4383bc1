using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Ui;

namespace MigrationPortal.Batches;

/// <summary>What of a batch's history people are told of; registered by the feature where it happens.</summary>
/// <param name="EventKind">As in the timeline.</param>
/// <param name="NoticeKind">A registered kind of notices.</param>
/// <param name="Tab">Of the batch's page, where it is shown; null is the first one.</param>
internal sealed record BatchNotice(string EventKind, string NoticeKind, string? Tab = null)
{
    /// <summary>Null tells of every such event.</summary>
    public Func<TimelineEntry, bool>? When { get; init; }

    /// <summary>Null says it as the timeline does.</summary>
    public Func<TimelineEntry, Wording>? Sentence { get; init; }

    /// <summary>The timeline's detail says what happened, by whom and to whom: a mail has one sentence. Nothing that somebody typed stands there.</summary>
    public bool IsSaidByDetail { get; init; }
}

/// <summary>Adds the notices of what is written into a batch's history, in the same transaction.</summary>
internal sealed class BatchNotices(IEnumerable<BatchNotice> told, NoticeOutbox outbox, TimeProvider clock)
{
    private readonly Dictionary<string, BatchNotice> _told = told.ToDictionary(x => x.EventKind, StringComparer.Ordinal);

    public void Add(PortalDbContext db, Batch batch, TimelineEntry step)
    {
        if (!_told.TryGetValue(step.Kind, out var notice) || notice.When?.Invoke(step) == false)
            return;
        NoticeOutbox.Add(db, new NoticeEvent
        {
            Kind = notice.NoticeKind,
            Subject = BatchSubject.Of(batch.Id),
            PoolPairId = batch.PoolPairId,
            By = step.By.Name,
            At = clock.GetUtcNow(),
            Title = batch.Name,
            Sentence = notice is { IsSaidByDetail: true } && step.Detail is { } said ? said
                : notice.Sentence?.Invoke(step) ?? BatchEventKinds.Sentence(step.Kind, step.By.DisplayName),
            Detail = notice.IsSaidByDetail ? null : step.Detail,
            Url = Urls.Batch(batch.Id, notice.Tab, batch.PoolPairId),
            Values = step.Values?.GetValueOrDefault("whose") is { } whose ? new(StringComparer.Ordinal) { ["whose"] = whose } : [],
        });
    }

    /// <summary>After the commit.</summary>
    public void Wake() => outbox.Wake();
}

internal static class BatchNoticeRegistration
{
    public static IServiceCollection AddBatchNotice(this IServiceCollection services, string noticeKind, string? tab, params string[] eventKinds)
    {
        foreach (var kind in eventKinds)
            services.AddSingleton(new BatchNotice(kind, noticeKind, tab));
        return services;
    }
}
