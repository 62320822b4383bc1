using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Api;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.Plans;
using MigrationPortal.Lists;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches.Exporting;

/// <summary>Every item of a plan as a file.</summary>
internal sealed class PlanFile(
    PlanQueries plans, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<PlanTexts> words, IStringLocalizer<PlanReasonTexts> reasons, IStringLocalizer<RoomTexts> settings)
{
    public IResult Answer(string? format, long batchId, long planId, PlanFilter filter, CancellationToken cancellationToken) =>
        ListFile.Of(format, $"batch-{Ids.Text(batchId)}-plan", words["Title"], Columns(), plans.StreamItemsAsync(planId, filter, cancellationToken));

    private IReadOnlyList<ListColumn<PlanItem>> Columns() =>
    [
        new(titles["Number"], x => x.Ordinal),
        new(titles["Action"], x => words[$"Action.{x.Action}"].Value),
        new(titles["Kind"], x => words[$"Kind.{x.Kind}"].Value),
        new(titles["Item"], x => x.Subject),
        new(titles["RoomId"], x => Ids.Text(x.RoomId)),
        new(titles["Place"], PlanValues.On),
        new(titles["Setting"], x => PlanValues.Setting(x) is { } setting ? PlanValues.Named(settings, words, x.Kind, setting) : null),
        new(titles["Legacy"], x => PlanValues.Value(settings, x.Kind, x.Property, x.Old)),
        new(titles["New"], x => PlanValues.Value(settings, x.Kind, x.Property, x.New)),
        new(titles["Reason"], x => PlanValues.Reason(reasons, x.Code)),
    ];
}
