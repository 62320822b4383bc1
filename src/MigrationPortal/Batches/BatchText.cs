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
            return new Refusal("invalid-name.length", RefusalKind.Invalid, new Wording(what), MaxName, name.Length);
        if (name.Any(char.IsControl))
            return new Refusal("invalid-name.control", RefusalKind.Invalid, new Wording(what));
        if (!DisplayText.HasVisible(name))
            return new Refusal("invalid-name.invisible", RefusalKind.Invalid, new Wording(what));
        if (UnusableText.IsIn(name))
            return UnusableText.Refuse(new(what)) with { Code = "invalid-name" };
        return DisplayText.Misleads(name)
            ? new Refusal("invalid-name.misleading", RefusalKind.Invalid, new Wording(what))
            : name;
    }

    /// <returns>Null, which lets the planner name it, for a blank one.</returns>
    public static Outcome<string?> NameOrRule(string? text, string what)
    {
        if (string.IsNullOrWhiteSpace(text))
            return (string?)null;
        var name = Name(text, what);
        return name.IsDone ? name.Value : name.Refusal;
    }

    /// <summary>A comment that an action cannot do without.</summary>
    public static Outcome<string> Reason(string? text, string what)
    {
        var reason = Comment(text, what);
        return reason.IsDone ? reason : reason.Refusal with { Code = "reason-required" };
    }

    public static Outcome<string> Comment(string? text, string what)
    {
        var comment = text?.Trim().Replace("\0", "", StringComparison.Ordinal) ?? "";
        if (UnusableText.IsIn(comment))
            return UnusableText.Refuse(new(what)) with { Code = "invalid-text" };
        return comment.Length is 0 or > MaxComment
            ? new Refusal("invalid-text.length", RefusalKind.Invalid, new Wording(what), MaxComment, comment.Length)
            : comment;
    }
}
