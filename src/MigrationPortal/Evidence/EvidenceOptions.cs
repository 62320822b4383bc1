using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.Start;

namespace MigrationPortal.Evidence;

internal sealed class EvidenceOptions
{
    public const string Section = "Evidence";

    /// <summary>PFX, or PEM with the private key in the same file. Without one, packages are not signed and say so.</summary>
    public string? CertificatePath { get; set; }

    public string? CertificatePassword { get; set; }
}

internal sealed class ValidateEvidenceOptions(IConfiguration configuration) : IValidateOptions<EvidenceOptions>
{
    public ValidateOptionsResult Validate(string? name, EvidenceOptions options)
    {
        var failures = UnknownKeys.Of<EvidenceOptions>(configuration.GetSection(EvidenceOptions.Section)).ToList();
        if (options.CertificatePath is not null && CertificateFile.Mistake(options.CertificatePath, options.CertificatePassword) is { } mistake)
            failures.Add($"{EvidenceOptions.Section}:{nameof(EvidenceOptions.CertificatePath)} {mistake}");
        else if (options.CertificatePath is null && !string.IsNullOrEmpty(options.CertificatePassword))
            failures.Add($"{EvidenceOptions.Section}:{nameof(EvidenceOptions.CertificatePassword)} is set without CertificatePath: set the file that it opens.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
