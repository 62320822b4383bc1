using System.Net;

namespace MigrationPortal.SignIn.Hardening;

/// <summary>The proxies whose word counts about where a request comes from and by which name and scheme it was made. Nobody else's does.</summary>
internal sealed class ProxyOptions
{
    public const string Section = "Proxies";

    /// <summary>Their addresses, <c>10.0.0.5</c>.</summary>
    public List<string> Addresses { get; set; } = [];

    /// <summary>Or the networks they are in, <c>10.0.0.0/28</c>.</summary>
    public List<string> Networks { get; set; } = [];

    public bool IsAny => Addresses.Count + Networks.Count > 0;

    public static IEnumerable<string> HostsOf(IConfiguration configuration) =>
        (configuration["AllowedHosts"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(x => x != "*");

    public IEnumerable<string> Mistakes()
    {
        for (var i = 0; i < Addresses.Count; i++)
        {
            if (!IPAddress.TryParse(Addresses[i], out _))
                yield return $"{Section}:{nameof(Addresses)}:{i} is '{Addresses[i]}', which is not an IP address.";
        }

        for (var i = 0; i < Networks.Count; i++)
        {
            if (!IPNetwork.TryParse(Networks[i], out _))
                yield return $"{Section}:{nameof(Networks)}:{i} is '{Networks[i]}', which is not a network such as 10.0.0.0/28.";
        }
    }
}
