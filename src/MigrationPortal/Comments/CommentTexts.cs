namespace MigrationPortal.Comments;

/// <summary>Names the resources of comments.</summary>
internal sealed class CommentTexts;
