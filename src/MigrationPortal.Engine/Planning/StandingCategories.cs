using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MigrationPortal.Engine.Planning;

/// <summary>A category as rooms find it in the new pool.</summary>
/// <param name="Scope">Who can be given a right in its rooms; null where that is what was planned.</param>
/// <param name="Invite">Null where the category is not there, or says nothing.</param>
internal sealed record StandingCategory(StandingScope? Scope, bool? Invite, bool Logged, bool FilePost);

/// <summary>
/// A category that is reused is never changed, also where somebody changed it since: its rooms are planned by what stands in the new pool
/// (docs/mapping.md, Options). As long as it is as planned, nothing depends on whether it is there already.
/// </summary>
internal sealed class StandingCategories(PlanRequest request, CategoryPlanner categories, LegacyPeople people)
{
    private readonly Dictionary<Guid, ChatNode> _present = request.New.Nodes.Where(node => node.IsCategory).ToDictionary(node => node.Guid);
    private readonly PresentScopes _scopes = new(request.New);
    private readonly Dictionary<Guid, StandingCategory> _known = [];
    // Hundreds of categories may share a scope of thousands.
    private readonly Dictionary<string, StandingScope> _changed = new(StringComparer.Ordinal);
    private readonly Lazy<Strangers> _strangers = new(() => new Strangers(request.Legacy, request.New));

    public StandingCategory Of(CategoryPart part)
    {
        if (!_known.TryGetValue(part.Guid, out var standing))
            _known[part.Guid] = standing = _present.TryGetValue(part.Guid, out var node) ? Of(part, node) : AsPlanned(part);
        return standing;
    }

    public static StandingCategory AsPlanned(CategoryPart part) => new(null, null, part.Logged, part.FilePost);

    private StandingCategory Of(CategoryPart part, ChatNode node)
    {
        var scope = _scopes.Of(node);
        return new(scope.Matches(categories.Plan(part).Scope) ? null : Scope(scope.Allowed, scope.Denied), node.Invite, node.Logged ?? part.Logged, node.FilePost ?? part.FilePost);
    }

    private StandingScope Scope(IReadOnlyList<Guid> allowed, IReadOnlyList<Guid> denied)
    {
        var key = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<Guid>([.. allowed, Guid.Empty, .. denied])));
        if (!_changed.TryGetValue(key, out var scope))
            _changed[key] = scope = new(_strangers.Value.Containment, people, [.. allowed.SelectMany(people.RowsOf)], Of(allowed), Of(denied));
        return scope;
    }

    private ScopeSet Of(IEnumerable<Guid> guids) => new([.. guids.SelectMany(guid => _strangers.Value.Find(guid) is { } stranger ? [stranger] : people.RowsOf(guid))]);
}
