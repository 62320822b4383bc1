using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Lists;

namespace MigrationPortal.Audit;

internal static class AuditFeature
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditTrail>()
        .AddSingleton<AuditQueries>().AddSingleton<PairAudit>()
        .AddSingleton<AuditWords>()
        .AddSingleton<VerifyAuditHandler>()
        .AddSingleton<ExportAuditHandler>()
        .AddSingleton<ExportEntriesHandler>()
        .AddRoleAction("Audit", [Role.Auditor], isScoped: false, "GET /api/v1/audit/", "GET /api/v1/audit/verification", "GET /api/v1/audit/export");

    public static IEndpointRouteBuilder MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit");
        audit.MapGet("", ListAsync).Produces<Page<AuditResource>>();
        audit.MapGet("/verification", async (VerifyAuditHandler verify, ClaimsPrincipal user, CancellationToken cancel) =>
            (await verify.HandleAsync(user.ToCaller(), cancel)).ToResult(proof => TypedResults.Ok(AuditProofResource.Of(proof)))).Produces<AuditProofResource>();
        audit.MapGet("/export", ExportAsync).Produces(StatusCodes.Status200OK, contentType: ExportAuditHandler.ContentType, additionalContentTypes: [CsvFile.ContentType, XlsxFile.ContentType]);
        return api;
    }

    /// <param name="format"><c>csv</c> or <c>xlsx</c>: the entries that the filter shows; without it, the whole chain for <c>docs/verify-audit.py</c>.</param>
    private static async Task<IResult> ExportAsync(
        string? format, string? by, string? action, string? subject, DateTimeOffset? from, DateTimeOffset? to,
        ExportAuditHandler export, ExportEntriesHandler entries, TimeProvider time, ClaimsPrincipal user, CancellationToken cancel) => !string.IsNullOrEmpty(format)
        ? await entries.AnswerAsync(format, new AuditFilter(by, action, subject, from, to), user.ToCaller(), cancel)
        : (await export.HandleAsync(user.ToCaller(), cancel)).ToResult(
            write => TypedResults.Stream(write, ExportAuditHandler.ContentType, ExportAuditHandler.FileName(time.GetUtcNow())));

    private static async Task<IResult> ListAsync(
        string? by, string? action, string? subject, DateTimeOffset? from, DateTimeOffset? to, int? skip, int? take,
        AuditQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
        (await queries.ListAsync(new AuditFilter(by, action, subject, from, to), Paging.Of(skip, take), user.ToCaller(), cancel)).ToResult(
            page => TypedResults.Ok(new Page<AuditResource>(page.Total, [.. page.Items.Select(AuditResource.Of)])));
}

internal sealed record AuditResource(
    string Id, DateTimeOffset At, string By, string Action, string Subject, string? PoolPairId, IReadOnlyDictionary<string, string?> Details, string Hash)
{
    public static AuditResource Of(AuditEntry entry) => new(
        entry.Id.ToString(CultureInfo.InvariantCulture), entry.At, entry.By, entry.Action, entry.Subject, entry.PoolPairId, entry.Details, Convert.ToHexStringLower(entry.Hash));
}

internal sealed record AuditProofResource(bool IsWhole, long Count, string HeadHash, DateTimeOffset VerifiedAt, string? BrokenId, string? Reason)
{
    public static AuditProofResource Of(AuditProof proof) => new(
        proof.IsWhole, proof.Count, proof.HeadHash, proof.VerifiedAt, proof.BrokenId?.ToString(CultureInfo.InvariantCulture), proof.Reason);
}
