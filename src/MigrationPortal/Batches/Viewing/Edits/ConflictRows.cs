using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.PoolPairs;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Batches.Viewing.Edits;

/// <summary>Changes of others as a reader sees them.</summary>
internal sealed class ConflictRows(IStringLocalizer<EditTexts> texts, IStringLocalizer<PlanOptionTexts> options, PersonNames names)
{
    public async Task<IReadOnlyList<ConflictRow>> OfAsync(IReadOnlyList<FieldConflict> met)
    {
        var rows = new List<ConflictRow>();
        foreach (var one in met)
        {
            var by = await names.FindAsync(one.By, CancellationToken.None);
            rows.Add(new(one.Field, Label(one), Value(one.Field, one.Base), Value(one.Field, one.Theirs), Yours(one), by, one.At));
        }

        return rows;
    }

    /// <summary>"Carla’s new name, Omar’s changes of 2 options".</summary>
    public async Task<string> BesideAsync(IEnumerable<ChangedField> beside)
    {
        var parts = new List<string>();
        foreach (var same in beside.GroupBy(x => (x.By, Kind: x.Field == BatchFields.FollowsPair ? "Option" : BatchFields.KindOf(x.Field))))
            parts.Add(texts.Count($"Beside.{same.Key.Kind}", same.Count(), await names.FindAsync(same.Key.By, CancellationToken.None)));
        return string.Join(", ", parts);
    }

    private string Label(FieldConflict one) =>
        BatchFields.OptionOf(one.Field) is { } option ? PlanOptionNames.Title(options, option) : texts[$"Label.{BatchFields.KindOf(one.Field)}", one.Subject ?? ""];

    // A room that is removed has no new name afterwards.
    private string Yours(FieldConflict one) =>
        one.Yours is null && BatchFields.RoomOf(one.Field) is not null && one.Base is null ? texts["RemovedOrDefault"] : Value(one.Field, one.Yours);

    private string Value(string field, string? value) =>
        BatchFields.OptionOf(field) is { } option ? PlanOptionNames.Value(options, option, value ?? "")
        : field == BatchFields.FollowsPair || BatchFields.IsMember(field) ? texts[value == BatchFields.Yes ? "Yes" : "No"]
        : string.IsNullOrEmpty(value) ? texts["ByRule"] : value;
}
