using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Rooms;
using MigrationPortal.Ui;

namespace MigrationPortal.Comments;

/// <summary>What a thread is about, as a person calls it.</summary>
internal static class AnchorText
{
    /// <param name="room">Its name, where it is known.</param>
    public static string Of(IStringLocalizer<CommentTexts> texts, IStringLocalizer<RuleTexts> rules, Anchor about, string? room) => about.Kind switch
    {
        AnchorKind.Room => room is null ? texts["Anchor.RoomUnnamed"] : texts["Anchor.Room", room],
        AnchorKind.Message => room is null ? texts["Anchor.MessageUnnamed"] : texts["Anchor.Message", room],
        AnchorKind.Finding => (RuleNumber.Of(about.Head), room) switch
        {
            ({ } number, null) => texts["Anchor.Finding", number],
            ({ } number, { } name) => texts["Anchor.FindingOfRoom", number, name],
            (null, null) => texts["Anchor.FindingTitled", rules.Title(about.Head)],
            (null, { } name) => texts["Anchor.FindingTitledOfRoom", rules.Title(about.Head), name],
        },
        AnchorKind.PlanLine => texts["Anchor.PlanLine", about.Key.Split(':', 3)[^1]],
        AnchorKind.DeltaLine => texts["Anchor.DeltaLine", about.Key.Split(':', 3)[^1]],
        _ => texts[$"Anchor.{about.Kind}"],
    };

    /// <summary>Where it is shown; null for the batch itself.</summary>
    public static string? Url(Links links, Anchor about, long batchId, string pair) => about.Kind switch
    {
        AnchorKind.Room or AnchorKind.Message => about.RoomId is { } id ? Urls.Room(id, pair) : null,
        AnchorKind.Run => links.To("run", about.Key, pair),
        AnchorKind.Finding => Urls.Batch(batchId, "review", pair) + "#findings",
        AnchorKind.Undo => Urls.Batch(batchId, "undo", pair),
        AnchorKind.PlanLine => Urls.WithQuery(Urls.Batch(batchId, "plan", pair), ("search", about.Key.Split(':', 3)[^1])),
        AnchorKind.DeltaLine => Urls.Batch(batchId, "delta", pair),
        _ => null,
    };
}
