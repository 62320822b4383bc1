using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Batches.Viewing.Since;
using MigrationPortal.Comments;
using MigrationPortal.Comments.Formatting;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Inbox;

/// <summary>What a person needs to know of a batch before they open it: what changed since they looked, its size, its approvals, its findings, the last comment.</summary>
internal sealed class BatchDetails(
    BatchQueries batches, FindingQueries findings, StandingQueries standings, StandingText standingText, CommentQueries comments, PersonNames names, SinceQueries since, SinceText sinceText,
    IStringLocalizer<InboxTexts> texts, IStringLocalizer<RuleTexts> rules)
{
    private const int MostFindings = 6;

    /// <param name="holds">Whether the batch is still in a state that needs the person.</param>
    public async Task<InboxDetail?> FindAsync(long batchId, Caller caller, Func<BatchRow, bool> holds, CancellationToken cancellationToken)
    {
        if (await batches.FindAsync(batchId, cancellationToken) is not { } batch || !holds(batch))
            return null;
        var standing = await standings.FindAsync(batchId, caller, cancellationToken);
        var facts = new List<InboxFact>
        {
            new(texts["Fact.Rooms"], Numbers.Group(batch.RoomCount)),
            new(texts["Fact.Messages"], Numbers.Group(batch.MessageCount)),
            new(texts["Fact.Author"], await names.FindAsync(batch.Author, cancellationToken)),
        };
        if (standing is not null)
            facts.Insert(2, new(texts["Fact.Approvals"], texts["Fact.Of", Numbers.Group(standing.Standing.Have), Numbers.Group(standing.Standing.Needed)]));
        var sections = new List<InboxSection>();
        if (await SinceAsync(batchId, caller, cancellationToken) is { } changed)
            sections.Add(new(texts["ChangedSince"], [changed]));
        if (standing is not null)
            sections.Add(new(texts["Why"], [.. standing.Counted.Select(x => new InboxNote(Tone.Ok, x.DisplayName, x.At)), .. standingText.Sentences(standing).Select(x => new InboxNote(Tone.Off, x))]));
        var groups = (await findings.GroupsAsync(batchId, reviewedPlanId: null, cancellationToken)).Where(x => x.Severity != Severity.Info).Take(MostFindings).ToList();
        sections.Add(new(texts["Checks"], groups.Count == 0 ? [new(Tone.Ok, texts["NoFindings"])] : groups.ConvertAll(Note)));
        if (await comments.FindLastAsync(batchId, cancellationToken) is { } comment)
        {
            var nameOf = await names.ByNumberAsync(MentionTokens.Read(comment.Text), cancellationToken);
            sections.Add(new(texts["LastComment"], [new(Tone.Off, texts["Said", await names.FindAsync(comment.By, cancellationToken), CommentHtml.Plain(comment.Text, nameOf)], comment.At)]));
        }

        return new(facts, sections);
    }

    private async Task<InboxNote?> SinceAsync(long batchId, Caller caller, CancellationToken cancellationToken) =>
        await since.FindSeenAsync(batchId, caller, cancellationToken) is { } point
        && await since.ReadToTellAsync(batchId, point, caller, cancellationToken) is { IsEmpty: false } changes
            ? new(Tone.Diff, await sinceText.TellAsync(changes, cancellationToken), point.At)
            : null;

    private InboxNote Note(FindingGroup group) => new(group.Severity == Severity.Blocker ? Tone.Bad : Tone.Warn, rules.Title(group.RuleId, group.Count));
}
