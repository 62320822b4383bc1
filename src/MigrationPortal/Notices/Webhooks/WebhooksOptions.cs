using System.Net;
using System.Net.Sockets;

namespace MigrationPortal.Notices.Webhooks;

public sealed class WebhooksOptions
{
    public const string Section = "Webhooks";

    /// <summary>Hosts that webhooks may lead to: <c>hooks.slack.com</c>, or <c>*.contoso.com</c> for all below it. None: no webhooks.</summary>
    public List<string> AllowedHosts { get; set; } = [];

    public bool Allows(Uri url) => AllowedHosts.Exists(x => x.StartsWith("*.", StringComparison.Ordinal)
        ? url.Host.EndsWith(x[1..], StringComparison.OrdinalIgnoreCase)
        : url.Host.Equals(x, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where a cloud's own services listen, which give secrets to whoever asks from inside.</summary>
    public static bool IsLinkLocal(IPAddress address) =>
        address.IsIPv6LinkLocal || (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) is { AddressFamily: AddressFamily.InterNetwork } four && four.GetAddressBytes() is [169, 254, ..];
}
