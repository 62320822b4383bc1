using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MigrationPortal.Notices.Webhooks;

/// <summary>Signs as Standard Webhooks says (standardwebhooks.com): <c>v1,base64(HMAC-SHA256(id.timestamp.body))</c>, one for each secret that counts.</summary>
internal static class WebhookSignature
{
    public const string Prefix = "whsec_";

    private const int Length = 32;

    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));

    public static string Of(string id, DateTimeOffset at, string body, params IEnumerable<string> secrets)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.{body}"));
        return string.Join(' ', secrets.Select(x => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(x[Prefix.Length..]), signed))));
    }
}
