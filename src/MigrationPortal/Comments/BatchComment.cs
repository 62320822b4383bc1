namespace MigrationPortal.Comments;

internal sealed class BatchComment
{
    public long Id { get; init; }
    public required long BatchId { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Text { get; init; }
}
