namespace MigrationPortal.Engine.Planning;

/// <summary>
/// Who belongs to which group, for provisioned principals: each one's self row, and every legacy pair whose two ends are in the new
/// pool and one of which this batch inserts, so that people do not stand outside a new group until directory sync comes round.
/// </summary>
internal static class AffiliationPlanner
{
    public static IReadOnlyList<PlannedAffiliation> Plan(PlanRequest request, PrincipalPlanner principals, IReadOnlyList<PlannedPrincipal> planned)
    {
        var inserted = planned.Where(p => p.Action == PlannedAction.Create).Select(p => p.Guid).ToHashSet();
        var present = request.New.Principals.Select(p => p.Guid).Concat(inserted).ToHashSet();
        var rows = inserted.Order().Select(guid => new PlannedAffiliation(guid, guid, -1)).ToList();
        var pairs = request.Legacy.Affiliations
            .Where(a => a.PrincipalId != a.AffiliationId)
            .OrderBy(a => a.PrincipalId).ThenBy(a => a.AffiliationId).ThenBy(a => a.Index)
            .Select(a => (Principal: principals.GuidOf(a.PrincipalId), Affiliation: principals.GuidOf(a.AffiliationId), a.Index))
            .Where(a => a.Principal is { } p && a.Affiliation is { } g && p != g && present.Contains(p) && present.Contains(g)
                && (inserted.Contains(p) || inserted.Contains(g)))
            .Select(a => new PlannedAffiliation(a.Principal!.Value, a.Affiliation!.Value, a.Index))
            .Distinct();
        rows.AddRange(pairs);
        return rows;
    }
}
