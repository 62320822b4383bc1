using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace MigrationPortal.Notices.Webhooks;

/// <summary>Secrets lie sealed by the key ring; a person sees one once, when it is made.</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("MigrationPortal.Notices.Webhooks");

    public string Seal(string secret) => _protector.Protect(secret);

    /// <summary>Empty where the ring has lost the key.</summary>
    public IReadOnlyList<string> Open(Webhook hook)
    {
        try
        {
            return [.. new[] { hook.Secret, hook.FormerSecret }.OfType<string>().Select(_protector.Unprotect)];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
