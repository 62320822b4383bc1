using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.Evidence;

/// <summary>Signs a manifest as detached CMS in DER, which <c>openssl cms -verify</c> reads. The certificate is read each time: a new file counts at once.</summary>
internal sealed class SignEvidence(IOptions<EvidenceOptions> options, TimeProvider clock)
{
    public bool IsConfigured => options.Value.CertificatePath is not null;

    /// <summary>Only where a certificate is configured.</summary>
    public byte[] Sign(byte[] manifest)
    {
        using var certificate = CertificateFile.Load(options.Value.CertificatePath!, options.Value.CertificatePassword);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
        {
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(clock.GetUtcNow().UtcDateTime));
        var message = new SignedCms(new ContentInfo(manifest), detached: true);
        message.ComputeSignature(signer);
        return message.Encode();
    }
}
