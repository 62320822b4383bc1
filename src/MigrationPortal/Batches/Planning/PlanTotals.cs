using System.Globalization;

namespace MigrationPortal.Batches.Planning;

/// <summary>Adds up a plan's lines while they stream by: a few counters per kind, whatever the plan's length.</summary>
internal sealed class PlanTotals
{
    // What happens without any choice of ours needs no explanation, nor does a per-person permission that Persistent Chat does not have (docs/mapping.md).
    private static readonly HashSet<string> Plain =
    [
        "NameKept", "GuidKept", "Reuse", "CategoryCreated", "CategoryReused", "PersonReused", "PersonProvisioned", "AddInCreated", "AddInReused",
        "MemberOwn", "ManagerOwn", "PresenterKept", "ScopeKept", "CreatorFromManager", "AffiliationKept", "MessagesCopied", "FilesCopied",
        "Resolved", "RightGone", "InviteInherit", "InviteOff", "PrivacyKept", "PrivacyResolved",
    ];

    private readonly Dictionary<string, Counts> _kinds = PlanItemKinds.All.ToDictionary(x => x, _ => new Counts());

    public IEnumerable<PlanItem> Watch(IEnumerable<PlanItem> items)
    {
        foreach (var item in items)
        {
            _kinds[item.Kind].Add(item);
            yield return item;
        }
    }

    /// <param name="scopeCount">Allowed members that are written: a line of a scope stands for all categories that have it.</param>
    public List<PlanTotal> Read(long messageCount, long scopeCount) =>
        [.. from kind in PlanItemKinds.All
            let counts = _kinds[kind]
            let created = kind switch { PlanItemKinds.Messages => messageCount, PlanItemKinds.Scope => scopeCount, _ => counts.Created }
            where created + counts.Reused + counts.Lost > 0
            let why = counts.Why()
            select new PlanTotal(kind, created, counts.Reused, counts.Lost, why?.Code, why?.Count ?? 0)];

    private sealed class Counts
    {
        private readonly Dictionary<string, long> _drops = [];
        private readonly Dictionary<string, long> _others = [];

        public long Created { get; private set; }

        public long Reused { get; private set; }

        public long Lost { get; private set; }

        public void Add(PlanItem item)
        {
            // A line of files stands for as many as it says.
            Created += item.Action != PlanItemActions.Create ? 0 : item.Kind == PlanItemKinds.Files ? long.Parse(item.New!, CultureInfo.InvariantCulture) : 1;
            Reused += item.Action == PlanItemActions.Reuse ? 1 : 0;
            // Rights are lost; a dropped setting or permission loses neither its room nor its person.
            var loses = item is { Action: PlanItemActions.Drop, Kind: PlanItemKinds.Member or PlanItemKinds.Manager or PlanItemKinds.Presenter };
            Lost += loses ? 1 : 0;
            if (Plain.Contains(item.Code))
                return;
            var reasons = loses ? _drops : _others;
            reasons[item.Code] = reasons.GetValueOrDefault(item.Code) + 1;
        }

        public (string Code, long Count)? Why()
        {
            var reasons = _drops.Count > 0 ? _drops : _others;
            if (reasons.Count == 0)
                return null;
            var (code, count) = reasons.OrderByDescending(x => x.Value).ThenBy(x => x.Key, StringComparer.Ordinal).First();
            return (code, count);
        }
    }
}
