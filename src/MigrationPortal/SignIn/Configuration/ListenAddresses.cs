using System.Net;

namespace MigrationPortal.SignIn.Configuration;

/// <summary>Where the configuration makes Kestrel listen, judged before it does: can another machine reach it?</summary>
internal static class ListenAddresses
{
    public static string? FirstReachable(IConfiguration configuration)
    {
        var urls = Split(configuration["urls"])
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? ""))
            .FirstOrDefault(url => url.Length > 0 && !IsLoopback(url));
        if (urls is not null)
            return urls;

        // HTTP_PORTS=8080 listens on every interface; it only counts when no URL is given.
        var ports = Split(configuration["urls"]).Length == 0 ? Split(configuration["http_ports"]).Concat(Split(configuration["https_ports"])) : [];
        return ports.Select(port => $"port {port} of every interface").FirstOrDefault();
    }

    public static bool IsLoopback(string url)
    {
        // http://*:80 and http://+:80 are Kestrel's, not a URI's.
        var host = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Host : "";
        return uri?.Scheme == "unix" || host.StartsWith("unix:", StringComparison.Ordinal) || IsLoopbackHost(host);
    }

    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static string[] Split(string? text) =>
        (text ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
