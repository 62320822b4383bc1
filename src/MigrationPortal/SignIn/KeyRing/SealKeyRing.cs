using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Start;

namespace MigrationPortal.SignIn.KeyRing;

/// <summary>
/// At start: keys from before there was a certificate are sealed as well, or every backup would go on holding them for three months;
/// and a node that cannot open the others' keys does not come up to make its own.
/// </summary>
internal sealed partial class SealKeyRing(
    IDbContextFactory<PortalDbContext> databases, KeyRingCertificates certificates, IHostEnvironment environment, TimeProvider time, ILoggerFactory logging, ILogger<SealKeyRing> log)
{
    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        if (certificates.Current is null && !environment.IsDevelopment())
            LogOpen();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var keys = await ProtectionKeyRing.ListAsync(db, cancellationToken);
        RefuseForeign([.. keys.Select(x => XElement.Parse(x.Xml))]);
        if (certificates.Current is not { } current)
            return;
        var encryptor = new CertificateXmlEncryptor(current, logging);
        foreach (var key in keys)
        {
            if (SealedKey.Seal(XElement.Parse(key.Xml), encryptor)?.ToString(SaveOptions.DisableFormatting) is not { } sealedXml)
                continue;
            // Another node may be doing the same: whose seal it gets is all one.
            await ProtectionKeyRing.ReplaceAsync(db, key, sealedXml, cancellationToken);
            LogSealed(key.Name);
        }
    }

    private void RefuseForeign(IReadOnlyList<XElement> keys)
    {
        var known = certificates.All.Select(x => x.Thumbprint).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var foreign = keys.Where(x => !SealedKey.IsOver(x, time.GetUtcNow())).Select(SealedKey.SealedFor).OfType<string>().Where(x => !known.Contains(x)).Distinct().ToList();
        if (foreign.Count > 0)
            throw new StartupRefusedException(
                $"{KeyRingOptions.Section}:CertificatePath: the key ring in the portal's database is sealed for the certificate {string.Join(" and ", foreign)}, which is not configured: name it there, or in "
                + $"{KeyRingOptions.Section}:{nameof(KeyRingOptions.FormerCertificates)}. If it is lost, delete the rows of portal.protection_keys; only forms and sign-ins under way are lost with them.");
    }

    [LoggerMessage(LogLevel.Warning, "The key ring is not encrypted in the portal's database: whoever reads a backup can forge forms and sign-ins under way. Name a certificate in DataProtection:CertificatePath.")]
    private partial void LogOpen();

    [LoggerMessage(LogLevel.Information, "The key {Key} of the key ring lay open and is sealed now.")]
    private partial void LogSealed(string key);
}
