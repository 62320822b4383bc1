namespace MigrationPortal.Delta;

/// <summary>The same change of several rooms or categories.</summary>
public sealed record AlikeChange(DeltaChange First, long Count);

/// <summary>Changes in the order in which a reviewer asks for them: rooms, names, who gains, who loses, settings; what is alike stands together.</summary>
internal static class DeltaOrder
{
    /// <summary>The same change of fewer rooms is not summed up.</summary>
    public const int LeastAlike = 3;

    /// <summary>Sums that are shown.</summary>
    public const int MostAlike = 20;

    private static readonly string[] Rights = ["AllowedMember", "Creator", "Member", "Manager", "Presenter"];

    public static IReadOnlyList<DeltaChange> Sort(IEnumerable<DeltaChange> changes) =>
        [.. changes.OrderBy(Rank).ThenBy(x => x.Property, StringComparer.Ordinal).ThenBy(x => x.Old, StringComparer.Ordinal).ThenBy(x => x.New, StringComparer.Ordinal).ThenBy(x => x.Subject, StringComparer.Ordinal).ThenBy(x => x.RoomId)];

    /// <summary>Most subjects first.</summary>
    public static IReadOnlyList<AlikeChange> Alike(IEnumerable<DeltaChange> changes) =>
    [
        .. changes.Where(x => x.Property is not null).GroupBy(x => (x.Kind, x.Property, x.Old, x.New)).Where(x => x.Count() >= LeastAlike)
            .OrderByDescending(x => x.Count()).Take(MostAlike).Select(x => new AlikeChange(x.First(), x.Count())),
    ];

    private static int Rank(DeltaChange change) => change switch
    {
        { Property: null } => 0,
        { Property: "Name" } => 1,
        _ when Rights.Contains(change.Property, StringComparer.Ordinal) => change.Old is null ? 2 : 3,
        _ => 4,
    };
}
