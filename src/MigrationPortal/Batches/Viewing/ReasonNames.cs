using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Ui;

namespace MigrationPortal.Batches.Viewing;

/// <summary>Reason codes of the mapping as sentences; a code without one is shown as it is, never hidden.</summary>
internal static class ReasonNames
{
    public static string? Why(IStringLocalizer<BatchTexts> texts, PlanTotal total) =>
        total.Why is { } code ? $"{Numbers.Group(total.WhyCount)}: {Reason(texts, code)}" : null;

    public static string Reason(IStringLocalizer<BatchTexts> texts, string code)
    {
        var text = texts[$"Code.{code}"];
        return text.ResourceNotFound ? code : text.Value;
    }

    /// <summary>Code and origin, for who wants to look it up.</summary>
    public static string Source(PlanItem item) => item.Source is null ? item.Code : $"{item.Code} · {item.Source}";

    /// <summary>The room or category that a right stands on.</summary>
    public static string? On(PlanItem item) => item.Kind switch
    {
        PlanItemKinds.Member or PlanItemKinds.Manager or PlanItemKinds.Presenter or PlanItemKinds.Scope or PlanItemKinds.Creator => item.Property,
        PlanItemKinds.Room when item.Property != "Name" => item.Property,
        _ => null,
    };

    public static bool Changes(PlanItem item) =>
        item.Action is PlanItemActions.Change or PlanItemActions.Drop || (item.Kind is PlanItemKinds.Room or PlanItemKinds.Category && item.Old != item.New);
}
