using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using MigrationPortal.Api;
using MigrationPortal.Audit.Anchors;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Lists;

namespace MigrationPortal.Audit;

internal static class AuditFeature
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<AuditOptions>, ValidateAuditOptions>()
            .AddSingleton<AnchorFile>()
            .AddSingleton<AnchorQueries>()
            .AddSingleton<AuditWalk>()
            .AddSingleton<CheckAudit>()
            .AddSingleton<IUnfinishedWork, DueAuditCheck>()
            .AddSingleton<AuditTrail>()
            .AddSingleton<AuditQueries>()
            .AddSingleton<PairAudit>()
            .AddSingleton<AuditWords>()
            .AddSingleton<VerifyAuditHandler>()
            .AddSingleton<ExportAuditHandler>()
            .AddSingleton<ExportEntriesHandler>()
            .AddRoleAction("Audit", [Role.Auditor], isScoped: false, "GET /api/v1/audit/", "GET /api/v1/audit/verification", "GET /api/v1/audit/export", "GET /api/v1/audit/anchors");
    }

    public static IEndpointRouteBuilder MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit");
        audit.MapGet("", ListAsync).Produces<Page<AuditResource>>();
        audit.MapGet("/verification", async (VerifyAuditHandler verify, ClaimsPrincipal user, CancellationToken cancel) =>
            (await verify.HandleAsync(user.ToCaller(), cancel)).ToResult(proof => TypedResults.Ok(AuditProofResource.Of(proof)))).Produces<AuditProofResource>();
        audit.MapGet("/export", ExportAsync).Produces(StatusCodes.Status200OK, contentType: ExportAuditHandler.ContentType, additionalContentTypes: [CsvFile.ContentType, XlsxFile.ContentType]);
        audit.MapGet("/anchors", AnchorsAsync).Produces<Page<AnchorResource>>();
        return api;
    }

    private static async Task<IResult> AnchorsAsync(AnchorQueries queries, ClaimsPrincipal user, int? skip, int? take, CancellationToken cancel) =>
        (await queries.ListAsync(Paging.Of(skip, take), user.ToCaller(), cancel)).ToResult(page => TypedResults.Ok(new Page<AnchorResource>(page.Total, [.. page.Items.Select(AnchorResource.Of)])));

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

/// <param name="Details">As recorded, but the portal's own sentences in the caller's language; the export has the texts that the hashes are taken over.</param>
internal sealed record AuditResource(
    string Id, DateTimeOffset At, string By, string Action, string Subject, string? PoolPairId, IReadOnlyDictionary<string, string?> Details, string Hash)
{
    public static AuditResource Of(AuditEntry entry) => new(
        entry.Id.ToString(CultureInfo.InvariantCulture), entry.At, entry.By, entry.Action, entry.Subject, entry.PoolPairId, Worded(entry.Details), Convert.ToHexStringLower(entry.Hash));

    private static Dictionary<string, string?> Worded(Dictionary<string, string?> details) =>
        details.ToDictionary(x => x.Key, x => x.Value is { Length: > 0 } text && AuditWords.WordedDetails.Contains(x.Key) ? WordedText.Read(text).ToString() : x.Value, StringComparer.Ordinal);
}

/// <summary>A line of the file that was kept elsewhere.</summary>
internal sealed record AnchorResource(string Id, string Hash, long Count, DateTimeOffset At)
{
    public static AnchorResource Of(AuditAnchor anchor) => new(anchor.Id.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(anchor.Hash), anchor.Count, anchor.At);
}

/// <param name="AnchoredTo">The newest entry that an anchor kept elsewhere agrees with; null without anchors.</param>
/// <param name="OpenCount">Entries that no anchor covers yet.</param>
internal sealed record AuditProofResource(bool IsWhole, long Count, string HeadHash, DateTimeOffset VerifiedAt, string? BrokenId, string? Reason, string? AnchoredTo, long OpenCount)
{
    public static AuditProofResource Of(AuditProof proof) => new(
        proof.IsWhole, proof.Count, proof.HeadHash, proof.VerifiedAt, proof.BrokenId?.ToString(CultureInfo.InvariantCulture), proof.Reason?.ToString(),
        proof.AnchoredTo?.ToString(CultureInfo.InvariantCulture), proof.OpenCount);
}
