using System.Globalization;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Batches.Editing.Merging;

/// <summary>Names of a batch's values that two people may change at once, as the API gives them.</summary>
internal static class BatchFields
{
    public const string Name = "name";

    /// <summary>Whether the batch takes the options of its pool pair as they are.</summary>
    public const string FollowsPair = OptionsMerge.Prefix + "followsPair";

    /// <summary>All rooms, set whole.</summary>
    public const string RoomIds = "roomIds";

    public const string Yes = "Yes";
    public const string No = "No";

    private const string Room = "room:";
    private const string Category = "category:";
    private const string MemberOf = ".member";
    private const string Named = ".newName";

    /// <summary><see cref="Yes"/> for a room that is in the batch, <see cref="No"/> for another.</summary>
    public static string Member(long roomId) => string.Create(CultureInfo.InvariantCulture, $"{Room}{roomId}{MemberOf}");

    public static string NewName(long roomId) => string.Create(CultureInfo.InvariantCulture, $"{Room}{roomId}{Named}");

    public static string CategoryName(Guid category) => $"{Category}{category:D}{Named}";

    public static string Option(string name) => OptionsMerge.FieldOf(name);

    public static bool IsMember(string field) => field.EndsWith(MemberOf, StringComparison.Ordinal);

    /// <summary>Null for what is no option of its own.</summary>
    public static string? OptionOf(string field) => field != FollowsPair && field.StartsWith(OptionsMerge.Prefix, StringComparison.Ordinal) ? OptionsMerge.NameOf(field) : null;

    public static long? RoomOf(string field) =>
        field.StartsWith(Room, StringComparison.Ordinal) && long.TryParse(field.AsSpan(Room.Length, field.LastIndexOf('.') - Room.Length), CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>What sort of value it is: the end of a resource key.</summary>
    public static string KindOf(string field) => field switch
    {
        Name => "Name",
        RoomIds => "RoomIds",
        FollowsPair => "FollowsPair",
        _ when OptionOf(field) is not null => "Option",
        _ when IsMember(field) => "Member",
        _ when field.StartsWith(Category, StringComparison.Ordinal) => "CategoryName",
        _ => "NewName",
    };

    /// <summary>As a refusal names it.</summary>
    public static Wording Describe(string field) => OptionOf(field) is { } option ? new("Edited.Option", new Wording($"Title.{option}")) : new($"Edited.{KindOf(field)}");
}
