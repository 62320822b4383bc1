using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Rooms.Viewing;

namespace MigrationPortal.Rooms;

/// <param name="Version">As <see cref="PeopleVersion.Of"/> makes it.</param>
/// <param name="Planned">As <see cref="RoomPeoplePart.Planned"/>.</param>
internal sealed record PeopleList(string Version, string? Planned, List<RoomPerson> People);

/// <summary>Everything that decides who is in a room of a scan: as long as it is the same, so are the people.</summary>
internal static class PeopleVersion
{
    private const char AsPlanned = '=';

    /// <summary>
    /// Without the options that leave everybody's rights in a room as they are: another separator makes no list stale. An option that is not
    /// named here counts.
    /// </summary>
    public static PlanOptions OfRights(PlanOptions options)
    {
        var any = new PlanOptions();
        return options with
        {
            PrefixSeparator = any.PrefixSeparator,
            RootNameInPrefix = any.RootNameInPrefix,
            OverLongName = any.OverLongName,
            RootCategory = any.RootCategory,
            EmptyCategories = any.EmptyCategories,
            MixedFlags = any.MixedFlags,
            Topic = any.Topic,
            Creators = any.Creators,
            DirectorySync = any.DirectorySync,
            NodeAuditIds = any.NodeAuditIds,
            DisabledFlag = any.DisabledFlag,
            AuthorWithoutPrincipal = any.AuthorWithoutPrincipal,
            InvalidAddIn = any.InvalidAddIn,
            Preferences = any.Preferences,
            CutOff = any.CutOff,
        };
    }

    /// <param name="written">Version of what was written to the new room since the scan; null when nothing was.</param>
    /// <param name="choice">The options that decided about rights in this room (<see cref="RightsChoice"/>).</param>
    public static string Of(PlanOptions options, string? written, string choice) => $"{Rest(options)}.{written}.{choice}";

    /// <summary>Whether a list of this version is what these options give.</summary>
    public static bool Holds(string version, PlanOptions options, string? written) =>
        Of(version) is var (_, row, _) && row.TrimEnd(AsPlanned) == (written ?? "") && IsOf(version, options);

    /// <summary>Whether these options give what the list says of the plan, whatever was written since.</summary>
    public static bool IsOf(string version, PlanOptions options) => Of(version) is var (others, _, choice) && others == Rest(options) && RightsChoice.Holds(choice, options);

    /// <summary>The version of the same list once exactly what it says as planned was written: the list need not be made again.</summary>
    public static string Written(string version, string written) => Of(version) is var (others, _, choice) ? $"{others}.{written}{AsPlanned}.{choice}" : version;

    public static bool IsAsPlanned(string version) => Of(version)?.Row.EndsWith(AsPlanned) ?? false;

    private static (string Others, string Row, string Choice)? Of(string version) => version.Split('.', 3) is [var others, var row, var choice] ? (others, row, choice) : null;

    /// <summary>Names what the plan writes of a room's rights: as the database names what was written, in <see cref="PeopleParts"/>.</summary>
    public static string RightsOf(PlannedRoom room) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Text(room.Members)}{Text(room.Managers)}{Text(room.Presenters)}")));

    private static string Text(IEnumerable<Guid> people) => $"{{{string.Join(',', people)}}}";

    private static string Rest(PlanOptions options) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(RightsChoice.Neutral(OfRights(options)), JsonSerializerOptions.Web)).AsSpan(0, 16));
}
