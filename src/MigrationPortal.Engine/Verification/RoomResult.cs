using System.Text.Json.Serialization;
using MigrationPortal.Engine.Files;

namespace MigrationPortal.Engine.Verification;

/// <summary>Best first. A batch has its worst room's.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Grade>))]
public enum Grade
{
    /// <summary>Messages are equal, and everything else is as the approved plan says.</summary>
    Perfect,
    /// <summary>Differences beyond the plan, all of them accepted. No verification finds this: an acceptance makes it of a lower grade.</summary>
    Good,
    /// <summary>Unaccepted differences in rights, settings or files.</summary>
    Investigate,
    /// <summary>A message is missing, extra or altered.</summary>
    Poor,
}

public sealed record RoomResult
{
    public required Grade Grade { get; init; }
    public required MessageDigests Legacy { get; init; }
    public required MessageDigests New { get; init; }
    public required IReadOnlyList<VerificationRule> Rules { get; init; }
    /// <summary>The first mismatches, at most <see cref="MaxMismatches"/>.</summary>
    public required IReadOnlyList<MessageMismatch> Mismatches { get; init; }
    public required long MismatchCount { get; init; }
    /// <summary>Messages that are the same on both sides.</summary>
    public long EqualCount { get; init; }
    public IReadOnlyList<SettingDifference> Settings { get; init; } = [];
    /// <summary>Messages of the new room above the legacy room's last chatId: posted there since, neither extra nor compared.</summary>
    public long SinceCount { get; init; }
    /// <summary>Null where no file stores are configured. What is wrong with a file stands among the settings, too.</summary>
    public FileProof? Files { get; init; }

    public const int MaxMismatches = 100;
}

/// <summary>One side's messages up to the legacy room's last chatId.</summary>
/// <param name="AuthorCount">Distinct prinIDs of that side's own pool.</param>
/// <param name="Digest">Lower hex SHA-256 over chatId, chatDate, author (the new pool's principal on both sides), alert and content of every message, in chatId order.</param>
public sealed record MessageDigests(long Count, long? FirstChatId, long? LastChatId, long? FirstTicks, long? LastTicks, int AuthorCount, string Digest);

/// <summary>What one check compared. Results of earlier versions hold what the sides say as English texts.</summary>
/// <param name="Name">Counts, Ids, Dates, Authors, Digest, Settings, Rights, and Files where stores are configured.</param>
public sealed record VerificationRule(string Name, bool Holds, Wording Legacy, Wording New);

public enum MismatchKind
{
    Missing,
    Extra,
    Altered,
}

/// <param name="Fields">For altered ones: which of date, author, alert, content differ. Never the text itself.</param>
public sealed record MessageMismatch(long ChatId, MismatchKind Kind, string Fields);

/// <param name="Planned">What the plan says; for a difference by rule, the legacy value.</param>
/// <param name="Found">What the new pool holds.</param>
/// <param name="ByRule">The planner's reason code when the difference was planned; null when it was not.</param>
public sealed record SettingDifference(string Property, string Planned, string Found, string? ByRule = null)
{
    /// <summary>Whose right it is about, where it is about one; known while verifying only.</summary>
    [JsonIgnore]
    public Guid? Principal { get; init; }
}
