using System.Globalization;
using MigrationPortal.Api;
using MigrationPortal.Batches.Api;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Planning;

namespace MigrationPortal.Batches.Viewing.Since;

/// <param name="Version">Of the batch; to be sent as <c>baseVersion</c>.</param>
internal sealed record PointJson(string Fingerprint, int Version, DateTimeOffset At);

/// <param name="Since">What the batch is compared with.</param>
/// <param name="Sentence">What others did, as the batch's page says it; empty where nothing was done.</param>
/// <param name="HasMore">Not all changes of the plan are listed; the plan itself has them.</param>
/// <param name="MoreMessages">By which the rooms grew.</param>
internal sealed record ChangesJson(PointJson Since, string? Fingerprint, int? Version, string Sentence, long Total, IReadOnlyList<ChangeJson> Items, bool HasMore, long MoreMessages)
{
    /// <param name="fields">A part of them; events and the plan's changes follow after the last one.</param>
    public static ChangesJson Of(SincePoint point, BatchSince? since, string sentence, Page<ChangedField> fields, Paging paging)
    {
        IReadOnlyList<ChangeJson> rest = since is null
            ? []
            : [.. since.Events.Select(ChangeJson.Of), .. (since.Change?.Lines ?? []).Select(ChangeJson.Of), .. (since.Change?.Findings ?? []).Select(ChangeJson.Of)];
        var items = fields.Items.Select(x => ChangeJson.Of(x, since?.Change)).Concat(rest.Skip((int)Math.Max(0, paging.Skip - fields.Total)).Take(paging.Take - fields.Items.Count));
        return new(
            new(point.Fingerprint, point.Version, point.At), since?.Now.Fingerprint, since?.Now.Version, sentence, fields.Total + rest.Count, [.. items], since?.Change?.HasMore == true, since?.MoreMessages ?? 0);
    }
}

/// <param name="Kind"><c>edit</c> with its field, <c>event</c> as in the timeline, <c>plan</c> with the kind of its line as field, or <c>finding</c> with its rule as field and its severity as property: how many are gone, and how many new.</param>
/// <param name="Old">Null where it is new.</param>
/// <param name="New">Null where it is gone.</param>
/// <param name="RoomCount">In how many rooms the same changed alike, or an option shows.</param>
internal sealed record ChangeJson(
    string Kind, string Field, string? Subject = null, string? Property = null, string? Old = null, string? New = null, string? RoomId = null, int? RoomCount = null, string? By = null, DateTimeOffset? At = null)
{
    public static ChangeJson Of(ChangedField field, PlanChange? change) => new(
        "edit", field.Field, Old: field.Base, New: field.Theirs, By: field.By, At: field.At,
        RoomCount: BatchFields.OptionOf(field.Field) is { } option ? change?.Options.FirstOrDefault(x => x.Name == option)?.RoomCount : null);

    public static ChangeJson Of(BatchEvent one) => new("event", one.Kind, By: one.By, At: one.At);

    public static ChangeJson Of(ChangedFindings findings) => new(
        "finding", findings.RuleId, Property: findings.Severity.ToString(),
        Old: findings.Gone.ToString(CultureInfo.InvariantCulture), New: findings.New.ToString(CultureInfo.InvariantCulture));

    public static ChangeJson Of(ChangedLine line) => new("plan", line.Kind, line.Subject, line.Property, line.Old, line.New, Ids.Text(line.RoomId), line.RoomCount);
}
