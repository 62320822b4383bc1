using System.Globalization;
using System.Text.Json.Serialization;
using MigrationPortal.Engine;

namespace MigrationPortal.Reviews.Policy;

/// <summary>A policy while somebody writes it: texts as typed, read when it is used.</summary>
public sealed class PolicyDraft
{
    public string Approvals { get; set; } = "1";

    public StarterRule Starter { get; set; }

    /// <summary>Empty: never.</summary>
    public string Hours { get; set; } = "";

    public bool WarningsNeedReason { get; set; }

    public bool OpenThreadsBlock { get; set; }

    public bool BreakGlass { get; set; }

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<RuleDraft> Rules { get; } = [];

    public static PolicyDraft Of(ReviewPolicy policy)
    {
        var draft = new PolicyDraft
        {
            Approvals = Text(policy.Approvals), Starter = policy.Starter, Hours = Text(policy.ExpiresAfterHours), WarningsNeedReason = policy.WarningsNeedReason,
            OpenThreadsBlock = policy.OpenThreadsBlock, BreakGlass = policy.BreakGlass,
        };
        draft.Rules.AddRange(policy.Rules.Select(x => new RuleDraft
        {
            Fact = ReviewFacts.RuleOf(x.Fact) is null ? x.Fact : ReviewFacts.WarningsOfRule,
            Rule = ReviewFacts.RuleOf(x.Fact) ?? "",
            AtLeast = Text(x.AtLeast),
            Approvals = Text(x.Approvals),
            Needs = x.Needs ?? "",
        }));
        return draft;
    }

    /// <summary>Numbers that are none become 0, which the policy's rules refuse by name.</summary>
    public ReviewPolicy Read() => new()
    {
        Approvals = (int?)Number(Approvals) ?? 0,
        Starter = Starter,
        ExpiresAfterHours = (int?)Number(Hours),
        WarningsNeedReason = WarningsNeedReason,
        OpenThreadsBlock = OpenThreadsBlock,
        BreakGlass = BreakGlass,
        Rules = [.. Rules.Select(x => x.Read())],
    };

    internal static long? Number(string text) =>
        string.IsNullOrWhiteSpace(text) ? null : long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue ? number : 0;

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}

public sealed class RuleDraft
{
    /// <summary>One of the facts, or <c>warnings:</c> with a rule's id apart.</summary>
    public string Fact { get; set; } = ReviewFacts.SecretRooms;

    public string Rule { get; set; } = "";

    public string AtLeast { get; set; } = "1";

    public string Approvals { get; set; } = "2";

    public string Needs { get; set; } = "";

    public PolicyRule Read() => new(
        Fact == ReviewFacts.WarningsOfRule ? Fact + Rule.Trim() : Fact,
        PolicyDraft.Number(AtLeast) ?? 0,
        (int?)PolicyDraft.Number(Approvals),
        Needs.Length == 0 ? null : Needs);
}
