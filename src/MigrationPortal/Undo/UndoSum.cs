namespace MigrationPortal.Undo;

/// <summary>How much of one kind of thing an undo deletes and keeps.</summary>
/// <param name="What"><c>Rooms</c>, <c>Messages</c>, <c>Rights</c>, <c>Categories</c>, <c>People</c>, <c>AddIns</c> or <c>Files</c>.</param>
/// <param name="Bytes">Of files that are deleted.</param>
/// <param name="NeededBy">Names of the batches that what is kept is kept for; at most <see cref="MaxNamed"/>. Empty where no batch wrote what needs it.</param>
public sealed record UndoSum(string What, long Deleted, long Kept, long? Bytes, IReadOnlyList<string> NeededBy)
{
    public const int MaxNamed = 3;
}
