using System.Security.Cryptography;
using System.Text.Json;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Engine.Planning;

/// <summary>
/// SHA-256 over everything that decides the effect: rooms, options, planned rows, rule ids and subjects of findings. Messages are the
/// watermark and not in it, nor are people who are needed only because they wrote some: growth alone leaves approvals standing.
/// </summary>
internal static class Fingerprint
{
    public static string Of(PlanRequest request, MigrationPlan plan, IEnumerable<Finding> findings)
    {
        var entitled = Entitled(plan);
        var content = new
        {
            Rooms = request.Rooms.Order(),
            request.Options,
            Principals = plan.Principals.Where(p => entitled.Contains(p.Guid)).Select(p => p with { LegacyIds = [], NewId = null }),
            Affiliations = plan.Affiliations.Where(a => entitled.Contains(a.Principal) && entitled.Contains(a.Affiliation)),
            plan.AddIns,
            Categories = plan.Categories.Select(c => c with { NewId = null }),
            PlannedRooms = plan.Rooms.Select(r => r with { Messages = new MessageSummary { NodeId = 0 } }),
            Findings = findings.Select(f => $"{f.RuleId}|{f.Subject}").Distinct().Order(StringComparer.Ordinal),
        };
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(content));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static HashSet<Guid> Entitled(MigrationPlan plan)
    {
        var guids = new HashSet<Guid>();
        foreach (var category in plan.Categories)
        {
            guids.UnionWith(category.Scope);
            guids.UnionWith(category.Creators);
        }

        foreach (var room in plan.Rooms)
        {
            guids.UnionWith(room.Members);
            guids.UnionWith(room.Managers);
            guids.UnionWith(room.Presenters);
        }

        return guids;
    }
}
