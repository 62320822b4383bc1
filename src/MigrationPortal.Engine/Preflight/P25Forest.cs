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
            yield return Found("P25.nobody");
        else if (from.Intersect(to, StringComparer.OrdinalIgnoreCase).Any())
            yield return Found("P25.same-domain");
        else
            yield return Found("P25.other-domain", from.Take(3), to.Take(3));
    }

    private static Finding Found(string key, params ReadOnlySpan<object?> domains) => new(key, Severity.Warning, null, "forest", domains);

    private static List<ChatPrincipal> InDirectory(ChatPool pool) =>
        [.. pool.Principals.Where(p => p.DirectoryPath is { Length: > 0 } && p.Type is PrincipalType.User or PrincipalType.Group or PrincipalType.Folder or PrincipalType.DomainContainer)];

    // CN=Ann,OU=Staff,DC=contoso,DC=com → contoso.com
    private static List<string> Domains(List<ChatPrincipal> people) =>
        [.. people.Select(p => string.Join('.', p.DirectoryPath!.Split(',').Select(x => x.Trim()).Where(x => x.StartsWith("DC=", StringComparison.OrdinalIgnoreCase)).Select(x => x[3..])))
            .Where(x => x.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
}
