using MigrationPortal.Engine.Reading;

namespace MigrationPortal.Engine.Planning;

/// <summary>Whether the new pool takes a category's row and everybody whom it needs; what the rules of the preflight say of rooms, for categories without one.</summary>
internal sealed class FitRows(PlanRequest request, PlanSetup setup)
{
    private readonly TextLimits _limits = new(request);
    private readonly Dictionary<Guid, bool> _people = [];
    private readonly Dictionary<IReadOnlyList<Guid>, bool> _scopes = new(ReferenceEqualityComparer.Instance);
    private readonly Lazy<HashSet<string>?> _doubtful = new(() => Doubtful(request, setup));

    public bool Takes(PlannedCategory category) =>
        FinalNames.FindOverLong(category.Name) is null
        && NameFaults.Find(category.Name) is null or NameFault.Misleading
        && _limits.FindProblem(WrittenTexts.Of(category)) is null
        && TakesScope(category.Scope)
        && category.Creators.Concat(new[] { category.AddedBy, category.UpdatedBy }.OfType<Guid>()).All(TakesPerson);

    // Hundreds of categories share one list of thousands.
    private bool TakesScope(IReadOnlyList<Guid> scope)
    {
        if (!_scopes.TryGetValue(scope, out var fits))
            _scopes[scope] = fits = scope.All(TakesPerson);
        return fits;
    }

    private bool TakesPerson(Guid guid)
    {
        if (!_people.TryGetValue(guid, out var fits))
        {
            _people[guid] = fits = setup.Principals.Plan(new HashSet<Guid> { guid }).All(person =>
                person.Action == PlannedAction.Reuse
                || (_limits.FindProblem(WrittenTexts.Of(person)) is null && _doubtful.Value?.Contains(request.NameKey(person.Uri)) != true));
        }

        return fits;
    }

    // Addresses that are there or that several people would come with; null where the pool takes an address twice.
    private static HashSet<string>? Doubtful(PlanRequest request, PlanSetup setup) => !TargetLimits.KeepsAddressesUnique(request.New)
        ? null
        : [
            .. request.New.Principals.Select(person => request.NameKey(person.Uri)),
            .. setup.People.All.CountBy(person => request.NameKey(person.Uri), StringComparer.Ordinal).Where(same => same.Value > 1).Select(same => same.Key),
        ];
}
