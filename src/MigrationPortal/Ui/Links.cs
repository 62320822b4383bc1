namespace MigrationPortal.Ui;

/// <summary>Where one kind of thing has its page.</summary>
/// <param name="Kind">As in the audit's subjects: <c>batch</c> of <c>batch:12</c>.</param>
/// <param name="UrlOf">By the thing's id and the pool pair.</param>
internal sealed record Link(string Kind, Func<string, string?, string> UrlOf);

internal static class LinkRegistration
{
    public static IServiceCollection AddLink(this IServiceCollection services, string kind, Func<string, string?, string> urlOf) =>
        services.AddSingleton(new Link(kind, urlOf));
}

/// <summary>Leads from a page to what a later feature shows: each feature registers its kinds.</summary>
internal sealed class Links(IEnumerable<Link> links)
{
    private readonly Dictionary<string, Link> _links = links.ToDictionary(x => x.Kind, StringComparer.Ordinal);

    /// <summary>Null for what has no page.</summary>
    public string? To(string kind, string id, string? pair) => _links.GetValueOrDefault(kind)?.UrlOf(id, pair);
}
