using System.Globalization;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.PoolPairs;

/// <summary>How soon something needs the person, most urgent first; the number beside the navigation counts all but the last.</summary>
public enum InboxClass
{
    Now,
    Today,
    Decide,
    Do,
}

/// <summary>One thing that needs a person: what, why them, since when, and the one action.</summary>
/// <param name="Key">Stays the same while the thing is not settled, e.g. <c>review:12</c>.</param>
/// <param name="Icon">A constant of <c>MudBlazor.Icons</c>.</param>
/// <param name="Url">Where the action is.</param>
/// <param name="DisabledReason">Why it is not this person's to settle, though their role could; such a line is shown and not counted.</param>
public sealed record InboxLine(
    string Key, InboxClass Class, string Icon, Tone Tone, string Title, string Reason, DateTimeOffset Since, string Url, string Action, string? DisabledReason = null)
{
    /// <summary>Null where it is about no batch.</summary>
    public long? BatchId { get; init; }

    /// <summary>When it is too late; null where there is no such time.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>What beside its times tells one state of the thing from the next, e.g. how many have approved.</summary>
    public string? State { get; init; }

    /// <summary>Who says that they take it; null where nobody does.</summary>
    public InboxClaim? Claim { get; init; }

    /// <summary>Null where the person sees it.</summary>
    public InboxSnooze? Snooze { get; init; }

    public bool IsCounted => DisabledReason is null && Class < InboxClass.Do && Snooze is null;

    /// <summary>Another one after any change of the thing; it depends on no language.</summary>
    public string Mark => string.Create(
        CultureInfo.InvariantCulture, $"{Class}|{Tone}|{Since.UtcTicks}|{Due?.UtcTicks}|{(DisabledReason is null ? "own" : "others")}|{State}");
}

/// <param name="Person">Account name.</param>
public sealed record InboxClaim(string Person, string DisplayName, DateTimeOffset Until);

/// <param name="Until">Null: until it changes.</param>
public sealed record InboxSnooze(DateTimeOffset? Until);

internal sealed record InboxFact(string Label, string Value);

/// <param name="Tone">Of the glyph before it.</param>
internal sealed record InboxNote(Tone Tone, string Text, DateTimeOffset? At = null);

internal sealed record InboxSection(string Title, IReadOnlyList<InboxNote> Notes);

/// <summary>What the person needs to know before they open it.</summary>
internal sealed record InboxDetail(IReadOnlyList<InboxFact> Facts, IReadOnlyList<InboxSection> Sections);

/// <summary>
/// What a feature has for people's inbox. Lines follow from the state by a query and are kept nowhere, so that none is ever stale.
/// Their texts are in the reader's language.
/// </summary>
internal interface IInboxLines
{
    /// <param name="poolPairId">Null: of all pairs.</param>
    /// <returns>At most a few hundred.</returns>
    Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken);

    /// <summary>Null when the line is another feature's, or is settled.</summary>
    Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken);
}
