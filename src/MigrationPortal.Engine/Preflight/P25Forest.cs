using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P25: people are matched by the directory's guid, so both pools must stand in one forest (trap 32).</summary>
internal sealed class P25Forest : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var legacy = InDirectory(facts.Request.Legacy);
        var current = InDirectory(facts.Request.New);
        if (current.Select(p => p.Guid).Intersect(legacy.Select(p => p.Guid)).Any())
            yield break;
        var (from, to) = (Domains(legacy), Domains(current));
        if (current.Count == 0 || legacy.Count == 0)
            yield return Found("Nobody of the directory is in both pools yet, so that the databases do not say whether they stand in one forest: confirm it.");
        else if (from.Intersect(to, StringComparer.OrdinalIgnoreCase).Any())
            yield return Found("The pools name the same domain and yet nobody is in both: confirm that they stand in one forest.");
        else
            yield return Found($"The old pool's people are of {string.Join(", ", from.Take(3))}, the new pool's of {string.Join(", ", to.Take(3))}, and nobody is in both: moving to another forest is not supported. Confirm only if it is one forest.");
    }

    private static Finding Found(string message) => new("P25", Severity.Warning, null, "Directory forest", message);

    private static List<ChatPrincipal> InDirectory(ChatPool pool) =>
        [.. pool.Principals.Where(p => p.DirectoryPath is { Length: > 0 } && p.Type is PrincipalType.User or PrincipalType.Group or PrincipalType.Folder or PrincipalType.DomainContainer)];

    // CN=Ann,OU=Staff,DC=contoso,DC=com → contoso.com
    private static List<string> Domains(List<ChatPrincipal> people) =>
        [.. people.Select(p => string.Join('.', p.DirectoryPath!.Split(',').Select(x => x.Trim()).Where(x => x.StartsWith("DC=", StringComparison.OrdinalIgnoreCase)).Select(x => x[3..])))
            .Where(x => x.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
}
