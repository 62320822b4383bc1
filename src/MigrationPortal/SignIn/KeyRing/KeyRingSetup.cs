using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;

namespace MigrationPortal.SignIn.KeyRing;

internal static class KeyRingSetup
{
    public static IServiceCollection AddKeyRing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KeyRingOptions>().BindConfiguration(KeyRingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeyRingOptions>, ValidateKeyRing>();
        // The framework takes certificates now or never; what is wrong with them is said with all other mistakes, before anything is sealed.
        var certificates = KeyRingCertificates.Load(configuration.GetSection(KeyRingOptions.Section).Get<KeyRingOptions>() ?? new());
        // One name for all nodes: the ring's keys are bound to it.
        var protection = services.AddDataProtection().SetApplicationName("MigrationPortal");
        if (certificates.Current is { } current)
            protection.ProtectKeysWithCertificate(current);
        protection.UnprotectKeysWithAnyCertificate([.. certificates.All]);
        services.AddSingleton(certificates).AddSingleton<ProtectionKeyRing>().AddSingleton<SealKeyRing>();
        services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeyRing>((o, ring) => o.XmlRepository = ring);
        return services;
    }
}
