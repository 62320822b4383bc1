using System.Text.Json.Serialization;

namespace MigrationPortal.Reviews.Policy;

/// <summary>How a policy compares with an older version.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PolicyDrift>))]
public enum PolicyDrift
{
    /// <summary>Asks for the same.</summary>
    Same,
    Looser,
    Stricter,
    /// <summary>Less in one thing and more in another.</summary>
    Both,
}

internal static class PolicyDrifts
{
    public static PolicyDrift Of(ReviewPolicy before, ReviewPolicy now) => (now.IsLooserThan(before), before.IsLooserThan(now)) switch
    {
        (true, true) => PolicyDrift.Both,
        (true, _) => PolicyDrift.Looser,
        (_, true) => PolicyDrift.Stricter,
        _ => PolicyDrift.Same,
    };
}
