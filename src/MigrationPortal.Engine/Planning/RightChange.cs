namespace MigrationPortal.Engine.Planning;

/// <summary>One person or group that can do more, or less, than before in one place.</summary>
/// <param name="Room">Legacy room; null when it is about a whole category.</param>
/// <param name="Subject">The room's or category's new name.</param>
/// <param name="Right"><c>Member</c>, <c>Manager</c>, <c>Voiced</c>, <c>Creator</c>, or <c>Eligible</c>: may be added to the category's rooms.</param>
/// <param name="Before">Whether the legacy server gave it.</param>
/// <param name="After">Whether the new server will.</param>
/// <param name="Cause">Reason code of docs/mapping.md.</param>
public sealed record RightChange(Guid Principal, string Person, Guid? Room, string Subject, string Right, bool Before, bool After, string Cause)
{
    public bool IsGain => After && !Before;
}
