using Microsoft.Extensions.Options;
using MigrationPortal.Start;

namespace MigrationPortal.SignIn.KeyRing;

internal sealed class ValidateKeyRing(IConfiguration configuration) : IValidateOptions<KeyRingOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyRingOptions options)
    {
        var failures = UnknownKeys.Of<KeyRingOptions>(configuration.GetSection(KeyRingOptions.Section)).ToList();
        if (options.IsNamed && KeyRingCertificates.Mistake(options) is { } mistake)
            failures.Add($"{KeyRingOptions.Section}:{mistake}");
        else if (!options.IsNamed && !string.IsNullOrEmpty(options.CertificatePassword))
            failures.Add($"{KeyRingOptions.Section}:CertificatePassword is set without CertificatePath: set the file that it opens.");
        for (var i = 0; i < options.FormerCertificates.Count; i++)
        {
            if (KeyRingCertificates.Mistake(options.FormerCertificates[i]) is { } former)
                failures.Add($"{KeyRingOptions.Section}:{nameof(options.FormerCertificates)}:{i}:{former}");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
