using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Batches.Viewing.Deciding;

internal enum RemedyKind
{
    /// <summary>Gives an option of the batch another value.</summary>
    SetOption,
    RemoveRooms,
    RenameRooms,
    RenameCategories,
    OpenOptions,
    OpenPair,
}

/// <param name="Option">Property of <see cref="PlanOptions"/>.</param>
internal sealed record Remedy(RemedyKind Kind, string? Option = null, string? Value = null);

/// <summary>What a person can do about the findings of a rule, the gentlest first (docs/mapping.md names each rule and its option).</summary>
internal static class Remedies
{
    public static IReadOnlyList<Remedy> Of(FindingGroup group, PlanOptions options) =>
        group.Severity == Severity.Info ? [] : [.. ByRule(group, options), .. group is { Severity: Severity.Blocker, RoomCount: > 0 } ? [new Remedy(RemedyKind.RemoveRooms)] : Array.Empty<Remedy>()];

    private static IEnumerable<Remedy> ByRule(FindingGroup group, PlanOptions options) => group.RuleId switch
    {
        "P02" => [.. Set(options.OverLongName, OverLongName.Shorten), .. Rename(group)],
        "P03" or "P04" => Rename(group),
        "P06" or "RoomUnderRoot" => Set(options.RoomUnderRoot, RoomUnderRoot.PutInto),
        "P08" or "P17" => [new(RemedyKind.OpenOptions)],
        "P09" => [.. group.Scopes.Outside > 0 ? Set(options.OutOfScope, OutOfScope.Admit) : [], .. group.Scopes.Unknown > 0 ? Set(options.ScopeUndecided, ScopeUndecided.Keep) : []],
        "P10" => Set(options.PresenterNotMember, PresenterNotMember.MakeMember),
        "P14" => Set(options.InvalidAddIn, InvalidAddIn.Drop),
        "P16" => Set(options.DisabledRooms, DisabledRooms.Skip),
        "P18" or "P25" => [new(RemedyKind.OpenPair)],
        "P23" => Set(options.AuthorWithoutPrincipal, AuthorWithoutPrincipal.Placeholder),
        "Preferences" => Set(options.Preferences, Preferences.None),
        _ => [],
    };

    // A new name for the room does not help where its category has the name.
    private static IEnumerable<Remedy> Rename(FindingGroup group)
    {
        if (group.Names.Rooms > 0)
            yield return new(RemedyKind.RenameRooms);
        if (group.Names.Categories > 0)
            yield return new(RemedyKind.RenameCategories);
    }

    private static IEnumerable<Remedy> Set<T>(T now, T value)
        where T : struct, Enum =>
        now.Equals(value) ? [] : [new(RemedyKind.SetOption, typeof(T).Name, value.ToString())];
}
