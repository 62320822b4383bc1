using Microsoft.Extensions.Localization;
using MigrationPortal.Audit;
using MigrationPortal.Audit.Anchors;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Inbox;

/// <summary>A chain or an anchor that does not hold, for auditors; an anchor that cannot be written, for administrators as well.</summary>
internal sealed class AuditLines(AnchorQueries anchors, IStringLocalizer<InboxTexts> texts, SharedReading<AuditCheck?> shared) : IInboxLines
{
    private const string Key = "audit:0";

    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Has(Role.Auditor) && !caller.Has(Role.Administrator))
            return [];
        if (await shared.ReadAsync(null, () => anchors.FindProblemAsync(CancellationToken.None), cancellationToken) is not { Since: { } since } check)
            return [];
        if (check.Broken is not null && !caller.Has(Role.Auditor))
            return [];
        var title = texts[check.Broken is null ? "AnchorUnwritten" : "AuditBroken"];
        return
        [
            new(Key, InboxClass.Decide, PortalIcons.GppBad, check.Broken is null ? Tone.Warn : Tone.Bad, title, (check.Broken ?? check.Unwritten)!.ToString(), since, Urls.Audit(poolPairId), texts["OpenAudit"]),
        ];
    }

    public async Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        key == Key && (await ListAsync(null, caller, cancellationToken)).Count > 0 ? new InboxDetail([], []) : null;
}
