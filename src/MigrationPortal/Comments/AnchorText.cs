using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Lists;
using MigrationPortal.Rooms;
using MigrationPortal.Ui;

namespace MigrationPortal.Comments;

/// <summary>What a thread is about, as a person calls it.</summary>
internal static class AnchorText
{
    /// <param name="room">Its name, where it is known; of a line about a category, the category's.</param>
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
        AnchorKind.PlanLine => Named(about, room) is { } item ? texts["Anchor.PlanLine", item] : texts["Anchor.RoomUnnamed"],
        AnchorKind.DeltaLine => Named(about, room) is { } item ? texts["Anchor.DeltaLine", item] : texts["Anchor.RoomUnnamed"],
        _ => texts[$"Anchor.{about.Kind}"],
    };

    /// <summary>Where it is shown; null for the batch itself.</summary>
    /// <param name="room">As in <see cref="Of"/>.</param>
    public static string? Url(Links links, Anchor about, long batchId, string pair, string? room = null) => about.Kind switch
    {
        AnchorKind.Room or AnchorKind.Message => about.RoomId is { } id ? Urls.Room(id, pair) : null,
        AnchorKind.Run => links.To("run", about.Key, pair),
        AnchorKind.Finding => Urls.Batch(batchId, "review", pair) + "#findings",
        AnchorKind.Undo => Urls.Batch(batchId, "undo", pair),
        // Nothing is found by the signs around a name that runs from right to left.
        AnchorKind.PlanLine => Urls.WithQuery(Urls.Batch(batchId, "plan", pair), ("search", PlainText.Of(Named(about, room)))),
        AnchorKind.DeltaLine => Urls.Batch(batchId, "delta", pair),
        _ => null,
    };

    // What a room or category is called now, before what it was called when somebody wrote about it.
    private static string? Named(Anchor about, string? room)
    {
        var name = (about.Kind, about.RoomId, about.Thing.Subject) switch
        {
            (AnchorKind.DeltaLine, not null, var person) when room is not null => room + person,
            (AnchorKind.DeltaLine, not null, { Length: > 0 } person) when about.Subject == person => person[Anchor.Between.Length..],
            (AnchorKind.PlanLine, not null, { Length: > 0 } subject) => subject,
            (AnchorKind.PlanLine, _, _) when room is not null => room,
            // Nobody knows a part by its guid.
            (AnchorKind.PlanLine, null, var key) when about.Head == PlanItemKinds.Category => CategoryKeys.PathOfPart(key) ?? key,
            _ => about.Subject,
        };
        return name.Length > 0 ? name : null;
    }
}
