namespace MigrationPortal.Batches.Viewing;

/// <summary>How many open comments there are about a part of a batch; a part of the view that the feature of comments brings.</summary>
internal interface ICommentCounts
{
    /// <param name="about">Kind and key: <c>room:12</c>, <c>finding:P05</c>.</param>
    int CountOpen(string about);
}
