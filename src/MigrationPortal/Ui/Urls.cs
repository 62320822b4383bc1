using Microsoft.AspNetCore.WebUtilities;

namespace MigrationPortal.Ui;

/// <summary>
/// Every address of the portal. What belongs to no feature stands here; each feature adds its own pages beside them (XxxUrls), so
/// that all are written <c>Urls.Rooms(…)</c>. Each page's query names the pool pair.
/// </summary>
internal static class Urls
{
    public const string Api = "/api/v1";

    /// <summary>The API described for people, in the browser.</summary>
    public const string ApiReference = "/api/reference";

    private static readonly string[] ForPrograms = ["/api", "/hubs", "/openapi", "/health", "/metrics"];

    public static string Overview(string? pair = null) => WithPair("/", pair);

    /// <summary>Below these, a refusal is a status and a problem, never a redirect to a page.</summary>
    public static bool IsForPrograms(PathString path) =>
        !path.StartsWithSegments(ApiReference, StringComparison.OrdinalIgnoreCase) && ForPrograms.Any(prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>The address with these values in its query; what is null or empty is left out.</summary>
    public static string WithQuery(string url, params ReadOnlySpan<(string Name, string? Value)> values)
    {
        foreach (var (name, value) in values)
        {
            if (!string.IsNullOrEmpty(value))
                url = QueryHelpers.AddQueryString(url, name, value);
        }

        return url;
    }

    /// <summary>The address with what the query of a page says, except for these names.</summary>
    public static string Keeping(string url, string query, params IEnumerable<string> except) =>
        QueryHelpers.AddQueryString(url, QueryHelpers.ParseQuery(query).ExceptBy(except, x => x.Key, StringComparer.OrdinalIgnoreCase));

    public static string WithPair(string url, string? pair) =>
        pair is null ? url : $"{url}{(url.Contains('?') ? '&' : '?')}pair={Uri.EscapeDataString(pair)}";
}
