using MigrationPortal.Api;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches;

/// <summary>What people type: trimmed, bounded, free of characters that no page or file name shows.</summary>
internal static class BatchText
{
    /// <summary>tblNode.nodeName holds 256 UTF-16 units; a batch's name gets the same room.</summary>
    public const int MaxName = 256;

    public const int MaxComment = 4000;

    public static Outcome<string> Name(string? text, string what)
    {
        var name = text?.Trim() ?? "";
        if (name.Length is 0 or > MaxName)
            return new Refusal("invalid-name", $"{what} needs 1 to {MaxName} characters; this one has {name.Length}.");
        if (name.Any(char.IsControl))
            return new Refusal("invalid-name", $"{what} must not contain control characters such as line breaks.");
        if (!DisplayText.HasVisible(name))
            return new Refusal("invalid-name", $"{what} needs at least one character that can be seen.");
        if (UnusableText.IsIn(name))
            return new Refusal("invalid-name", $"{what} {UnusableText.Sentence}");
        return DisplayText.Misleads(name)
            ? new Refusal("invalid-name", $"{what} must not contain characters that turn or break the text around it (U+202A–202E, U+2066–2069, U+2028, U+2029).")
            : name;
    }

    public static Outcome<string> Comment(string? text, string what)
    {
        var comment = text?.Trim().Replace("\0", "", StringComparison.Ordinal) ?? "";
        if (UnusableText.IsIn(comment))
            return new Refusal("invalid-text", $"{what} {UnusableText.Sentence}");
        return comment.Length is 0 or > MaxComment
            ? new Refusal("invalid-text", $"{what} needs 1 to {MaxComment} characters; this one has {comment.Length}.")
            : comment;
    }
}
