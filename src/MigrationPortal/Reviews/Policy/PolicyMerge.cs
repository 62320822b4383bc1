using System.Globalization;
using System.Text.Json;
using MigrationPortal.Api;
using MigrationPortal.Engine;

namespace MigrationPortal.Reviews.Policy;

/// <summary>What somebody changed of the policy they saw, in the one that holds now; by field, the rules as one.</summary>
/// <param name="Merged">Theirs where both set a field.</param>
/// <param name="Met">Fields that both set to different values.</param>
internal sealed record PolicyMerge(ReviewPolicy Merged, IReadOnlyList<string> Met)
{
    public const string Rules = "rules";

    private static readonly (string Name, Func<ReviewPolicy, object?> Read, Func<ReviewPolicy, ReviewPolicy, ReviewPolicy> Take)[] _fields =
    [
        ("approvals", x => x.Approvals, (into, from) => into with { Approvals = from.Approvals }),
        ("starter", x => x.Starter, (into, from) => into with { Starter = from.Starter }),
        ("expiresAfterHours", x => x.ExpiresAfterHours, (into, from) => into with { ExpiresAfterHours = from.ExpiresAfterHours }),
        ("warningsNeedReason", x => x.WarningsNeedReason, (into, from) => into with { WarningsNeedReason = from.WarningsNeedReason }),
        ("openThreadsBlock", x => x.OpenThreadsBlock, (into, from) => into with { OpenThreadsBlock = from.OpenThreadsBlock }),
        ("breakGlass", x => x.BreakGlass, (into, from) => into with { BreakGlass = from.BreakGlass }),
        (Rules, x => JsonSerializer.Serialize(x.Rules, JsonSerializerOptions.Web), (into, from) => into with { Rules = from.Rules }),
    ];

    public static PolicyMerge Of(ReviewPolicy seen, ReviewPolicy wanted, ReviewPolicy now)
    {
        var (merged, met) = (now, new List<string>());
        foreach (var (name, _, take) in _fields.Where(x => Text(x.Read, wanted) != Text(x.Read, seen)))
        {
            var (before, theirs, yours) = (Text(name, seen), Text(name, now), Text(name, wanted));
            if (theirs == before)
                merged = take(merged, wanted);
            else if (theirs != yours)
                met.Add(name);
        }

        return new(merged, met);
    }

    /// <summary>The merged policy, with these fields as they were wanted after all.</summary>
    public ReviewPolicy With(ReviewPolicy wanted, IEnumerable<string> fields) => fields.Aggregate(Merged, (policy, name) => _fields.Single(x => x.Name == name).Take(policy, wanted));

    /// <summary>As a program reads it: a number, a word, or the rules as JSON; null for never.</summary>
    public static string? Text(string field, ReviewPolicy policy) => Text(_fields.Single(x => x.Name == field).Read, policy);

    /// <param name="versions">Those after the one that was seen, newest first.</param>
    public Refusal ToRefusal(ReviewPolicy seen, ReviewPolicy wanted, IReadOnlyList<PolicyVersion> versions, string pair)
    {
        var fields = Met.Select(name =>
        {
            var now = Text(name, versions[0].Body);
            var by = versions.TakeWhile(x => Text(name, x.Body) == now).Last();
            return new FieldConflict(name, Text(name, seen), now, Text(name, wanted), by.By, by.At);
        });
        return new EditConflict(versions[0].Version, [.. fields]).ToRefusal(new Wording($"Edited.policy.{Met[0]}"), pair);
    }

    private static string? Text(Func<ReviewPolicy, object?> read, ReviewPolicy policy) => Convert.ToString(read(policy), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
}
