using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace MigrationPortal.SignIn.KeyRing;

/// <summary>A key of the ring as it is stored, in the framework's own form.</summary>
internal static class SealedKey
{
    private static readonly XNamespace Protection = "http://schemas.asp.net/2015/03/dataProtection";

    /// <summary>
    /// The key with its secret sealed; null when it is sealed already.
    /// <code>&lt;masterKey p4:requiresEncryption="true"&gt;&lt;value&gt;…  →  &lt;encryptedSecret decryptorType="…"&gt;&lt;EncryptedData&gt;…</code>
    /// </summary>
    public static XElement? Seal(XElement key, IXmlEncryptor encryptor)
    {
        var copy = new XElement(key);
        var open = copy.Descendants().Where(x => (bool?)x.Attribute(Protection + "requiresEncryption") == true).ToList();
        foreach (var secret in open)
        {
            var closed = encryptor.Encrypt(new XElement(secret));
            secret.ReplaceWith(new XElement(
                Protection + "encryptedSecret", new XAttribute("decryptorType", closed.DecryptorType.AssemblyQualifiedName!), closed.EncryptedElement));
        }

        return open.Count == 0 ? null : copy;
    }

    /// <summary>The thumbprint of the certificate that opens it; null when it lies open or does not say.</summary>
    public static string? SealedFor(XElement key)
    {
        if (key.Descendants().FirstOrDefault(x => x.Name.LocalName == "X509Certificate") is not { } text)
            return null;
        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text.Value));
        return certificate.Thumbprint;
    }

    public static bool IsOver(XElement key, DateTimeOffset now) =>
        key.Element("expirationDate") is { } expires && DateTimeOffset.Parse(expires.Value, CultureInfo.InvariantCulture) < now;
}
