using System.Globalization;
using MigrationPortal.Engine.PersistentChat;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Planning;

/// <summary>A text on its way into a column of the new pool.</summary>
/// <param name="What">What it is to people: a resource such as <c>Field.Description</c>.</param>
internal readonly record struct WrittenText(string Table, string Column, string What, string? Text);

/// <summary>Every text that a migration writes, message content apart.</summary>
internal static class WrittenTexts
{
    public static IEnumerable<WrittenText> Of(PlannedRoom room) => Node(room.Name, room.Description);

    public static IEnumerable<WrittenText> Of(PlannedCategory category) => Node(category.Name, category.Description);

    public static IEnumerable<WrittenText> Of(ChatAddIn addIn) =>
        [new("tblSiopWhiteList", "siopName", "Field.Name", addIn.Name), new("tblSiopWhiteList", "siopUrl", "Field.Url", addIn.Url)];

    public static IEnumerable<WrittenText> Of(PlannedPrincipal person) =>
    [
        Person("prinUri", "Field.Address", person.Uri), Person("prinName", "Field.Name", person.Name), Person("prinDisplayName", "Field.DisplayName", person.DisplayName),
        Person("prinCompanyName", "Field.Company", person.CompanyName), Person("prinEmail", "Field.Email", person.Email),
        Person("prinADPath", "Field.DirectoryPath", person.DirectoryPath), Person("prinADUserPrincipalName", "Field.UserPrincipalName", person.UserPrincipalName),
    ];

    private static IEnumerable<WrittenText> Node(string name, string description) =>
        [new("tblNode", "nodeName", "Field.Name", name), new("tblNode", "nodeDesc", "Field.Description", description)];

    private static WrittenText Person(string column, string what, string? text) => new("tblPrincipal", column, what, text);
}

/// <summary>What the new pool's text columns take: the widths that the scan found there, else the documented ones.</summary>
internal sealed class TextLimits(PlanRequest request)
{
    private readonly Dictionary<(string, string), int> _found = request.New.Widths.ToDictionary(x => (x.Table.ToLowerInvariant(), x.Column.ToLowerInvariant()), x => x.Characters);
    private readonly Dictionary<(string, string), int> _documented = PersistentChatSchema.Widths.ToDictionary(x => (x.Table, x.Column), x => x.Characters);

    /// <summary>Of the first that its column does not take; a node's final name is P02's.</summary>
    public Wording? FindProblem(IEnumerable<WrittenText> texts) =>
        texts.Where(text => text.Column != "nodeName" || FinalNames.FindOverLong(text.Text ?? "") is null)
            .Select(FindProblem).FirstOrDefault(problem => problem is not null);

    /// <summary>Why the column does not take it; null when it does.</summary>
    public Wording? FindProblem(WrittenText written)
    {
        if (written.Text is not { Length: > 0 } text)
            return null;
        var isFound = _found.TryGetValue((written.Table.ToLowerInvariant(), written.Column.ToLowerInvariant()), out var width);
        width = isFound ? width : _documented[(written.Table, written.Column)];
        var length = isFound ? LengthOf(text) : VisibleText.Raw(text).Length;
        if (length > width)
            return new("Text.TooLong", length, width, new Wording(written.What), $"{written.Table}.{written.Column}");
        return request.NewProvider == SqlProvider.PostgreSql && !VisibleText.FitsPostgreSql(text)
            ? new("Text.NotStorable", new Wording(written.What), $"{written.Table}.{written.Column}")
            : null;
    }

    // PostgreSQL counts characters, SQL Server counts UTF-16 units.
    private int LengthOf(string text) => request.NewProvider == SqlProvider.PostgreSql
        ? VisibleText.Raw(text).EnumerateRunes().Count()
        : VisibleText.Raw(text).Length;
}
