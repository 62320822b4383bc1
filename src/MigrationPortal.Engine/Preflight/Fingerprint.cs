using System.Security.Cryptography;
using System.Text.Json;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>
/// SHA-256 over everything that decides the effect: rooms, options, planned rows, rule ids and subjects of findings. Messages are the
/// watermark and not in it, nor are people who are needed only because they wrote some: growth alone leaves approvals standing.
/// Nor does it matter whether a category or person is created by this batch or was by an earlier one: the room becomes the same.
/// </summary>
internal static class Fingerprint
{
    public static string Of(PlanRequest request, MigrationPlan plan, IEnumerable<Finding> findings)
    {
        var content = new
        {
            Rooms = request.Rooms.Order(),
            request.Options,
            AddIns = plan.AddIns.Select(a => new { a.Id, a.Name, a.Url }),
            Categories = plan.Categories.Select(c => c with
            {
                NewId = null,
                Action = PlannedAction.Create,
                Decisions = [.. c.Decisions.Where(d => d.Code is not ("CategoryCreated" or "CategoryReused"))],
            }),
            PlannedRooms = plan.Rooms.Select(r => r with { Messages = new MessageSummary { NodeId = 0 } }),
            // A blocker tells its room: it must not hide behind a warning of the same rule about a room of the same name. A submitted plan has none.
            Findings = findings.Select(f => f.Severity == Severity.Blocker ? $"{f.RuleId}|{f.Subject}|{f.Severity}|{f.Room}" : $"{f.RuleId}|{f.Subject}").Distinct().Order(StringComparer.Ordinal),
        };
        using var hash = SHA256.Create();
        // Hundreds of megabytes where many categories have the same thousands of people: never in memory as a whole.
        using (var hashing = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
            JsonSerializer.Serialize(hashing, content);
        return Convert.ToHexStringLower(hash.Hash!);
    }
}
