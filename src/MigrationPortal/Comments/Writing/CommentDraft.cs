namespace MigrationPortal.Comments.Writing;

/// <summary>What somebody is about to send.</summary>
public sealed record CommentDraft(string Text, bool Must);
