namespace MigrationPortal.Verification;

internal static class VerificationRoom
{
    public static IServiceCollection AddVerification(this IServiceCollection services) => services
        .AddSingleton<RecordProof>();
}
