namespace MigrationPortal.Audit;

internal static class AuditRoom
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditTrail>()
        .AddSingleton<VerifyAuditHandler>();
}
