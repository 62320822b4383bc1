using System.Security.Claims;
using Microsoft.Extensions.Options;
using MigrationPortal.Api;
using MigrationPortal.Batches.Viewing;

namespace MigrationPortal.Evidence;

/// <summary>The package that shows what a batch did, who wanted it and who decided, checked without the portal.</summary>
internal static class EvidenceFeature
{
    public static IServiceCollection AddEvidence(this IServiceCollection services)
    {
        services.AddOptions<EvidenceOptions>().BindConfiguration(EvidenceOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<EvidenceOptions>, ValidateEvidenceOptions>()
            .AddSingleton<SignEvidence>()
            .AddSingleton<EvidenceIndexPage>()
            .AddSingleton<EvidencePackage>()
            .AddSingleton<MakeEvidenceHandler>()
            .AddSingleton(new BatchCard(typeof(EvidenceCard)))
            .AddRoleAction("Evidence", [Role.Operator, Role.Auditor], isScoped: true, "GET /api/v1/batches/{id:long}/evidence");
    }

    public static IEndpointRouteBuilder MapEvidence(this IEndpointRouteBuilder api)
    {
        api.MapGet("batches/{id:long}/evidence", GetAsync).WithTags("Evidence").Produces(StatusCodes.Status200OK, contentType: "application/zip");
        return api;
    }

    private static async Task<IResult> GetAsync(long id, MakeEvidenceHandler make, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await make.HandleAsync(new MakeEvidence(id), user.ToCaller(), cancellationToken)).ToResult(made => TypedResults.Stream(made.File, "application/zip", made.FileName));
}
