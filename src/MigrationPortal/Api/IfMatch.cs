using System.Globalization;

namespace MigrationPortal.Api;

/// <summary>The version of what was read as its ETag, <c>"3"</c>. Sending it back is optional.</summary>
internal static class IfMatch
{
    public static int? VersionOf(HttpRequest request)
    {
        var sent = request.Headers.IfMatch.ToString().Trim();
        if (sent.Length == 0 || sent == "*")
            return null;
        // What we never handed out matches nothing.
        return int.TryParse(sent.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
    }

    public static void Show(HttpResponse response, int version) => response.Headers.ETag = $"\"{version}\"";
}
