namespace MigrationPortal.Rooms.Deciding;

/// <summary>What somebody said may stay as different as it is. More than that, or other messages, is a new difference.</summary>
/// <param name="Differences">Names of the properties that differed.</param>
/// <param name="Messages">How the messages differed; null when they did not.</param>
internal sealed record Acceptance(IReadOnlyCollection<string> Differences, string? Messages)
{
    public void ApplyTo(RoomPair pair)
    {
        if (pair.Comparison == Comparison.Different
            && pair.Differences.TrueForAll(Differences.Contains)
            && (pair.MessageDifference is null || pair.MessageDifference == Messages))
            pair.Comparison = Comparison.Accepted;
    }
}
