using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.Histories;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Batches.Viewing.Since;

/// <summary>Tells what others did in the order in which a reader asks for it: rooms, names, options, the source, people, findings, the review.</summary>
internal sealed class SinceText(IStringLocalizer<SinceTexts> texts, PersonNames names)
{
    private static readonly string[] _order = ["RoomsAdded", "RoomsRemoved", "Renamed", "RoomsNamed", "CategoriesNamed", "OptionsSet"];

    public async Task<string> TellAsync(BatchSince since, CancellationToken cancellationToken)
    {
        var parts = new List<string>();
        foreach (var same in since.Fields.GroupBy(x => (x.By, Key: KeyOf(x))).OrderBy(x => Array.IndexOf(_order, x.Key.Key)))
        {
            var who = await names.FindAsync(same.Key.By, cancellationToken);
            parts.Add(same.Key.Key == "Renamed" ? texts["Renamed", who, same.First().Theirs ?? ""] : texts.Count(same.Key.Key, same.Sum(x => x.Count), who));
        }

        if (since.IsByScan)
            parts.Add(texts["ByScan"]);
        // Of lines that were cut nobody knows how many people they concern.
        if (since.Change is { HasMore: false, Lines: var lines })
        {
            if (People(lines.Where(x => x.Old is null)) is > 0 and var gaining)
                parts.Add(texts.Count("Gaining", gaining));
            if (People(lines.Where(x => x.New is null)) is > 0 and var losing)
                parts.Add(texts.Count("Losing", losing));
        }

        if (since.Change?.Findings.Sum(x => x.New) is > 0 and var found)
            parts.Add(texts.Count("FindingsNew", found));
        if (since.Change?.Findings.Sum(x => x.Gone) is > 0 and var gone)
            parts.Add(texts.Count("FindingsGone", gone));
        // Somebody who did the same twice is told of once.
        foreach (var one in since.Events.DistinctBy(x => (x.Kind, x.By)))
            parts.Add(await EventSentences.OfAsync(names, one, cancellationToken));
        return string.Join("; ", parts);
    }

    // With rights in rooms that were in the batch before and still are: a room that came or went is told as one.
    private static int People(IEnumerable<ChangedLine> lines) =>
        lines.Where(x => x.Kind is PlanItemKinds.Member or PlanItemKinds.Manager or PlanItemKinds.Presenter).DistinctBy(x => x.Subject).Count();

    private static string KeyOf(ChangedSum change) => BatchFields.KindOf(change.Field) switch
    {
        "Member" => change.Theirs == BatchFields.Yes ? "RoomsAdded" : "RoomsRemoved",
        "Name" => "Renamed",
        "NewName" => "RoomsNamed",
        "CategoryName" => "CategoriesNamed",
        _ => "OptionsSet",
    };
}
