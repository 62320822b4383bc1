using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Reviews.Policy.Loosening;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Runs;
using MigrationPortal.SignIn;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Inbox;

/// <summary>
/// What is wrong and says so nowhere else: runs that stand still or do not know what they wrote (operators), pools that could not be read
/// (administrators, as runs that wait for a pool), policies that ask for less since lately (auditors), and those that are proposed to do so (administrators).
/// </summary>
internal sealed class TroubleLines(
    RunTroubles runs, BatchDetails details, PoolPairQueries pairs, ScanQueries scans, PolicyQueries policies, PolicyProposals proposals, PersonNames names, IStringLocalizer<InboxTexts> texts, TimeProvider time,
    SharedReading<TroubleLines.Troubles> shared) : IInboxLines
{
    private static readonly TimeSpan _lately = TimeSpan.FromDays(14);

    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Has(Role.Operator) && !caller.Has(Role.Administrator) && !caller.Has(Role.Auditor))
            return [];
        var troubles = await shared.ReadAsync(poolPairId, () => ReadAsync(poolPairId), cancellationToken);
        var lines = new List<InboxLine>();
        lines.AddRange(troubles.Runs.Where(x => Rights.HasIn(caller, Role.Operator, x.PoolPairId)).Select(OfRun));
        lines.AddRange(troubles.Runs.Where(x => x.Outage is not null && Rights.HasIn(caller, Role.Administrator, x.PoolPairId)).Select(OfOutage));
        foreach (var (pair, failed, looser, proposal) in troubles.Pairs)
        {
            var isAdministered = Rights.HasIn(caller, Role.Administrator, pair.Id);
            if (isAdministered && failed is not null)
                lines.Add(OfPool(pair, failed));
            if (isAdministered && proposal is not null)
                lines.Add(OfProposal(pair, proposal, await names.FindAsync(proposal.By, cancellationToken), caller));
            if (looser is not null && Rights.HasIn(caller, Role.Auditor, pair.Id))
                lines.Add(OfPolicy(pair, looser, await names.FindAsync(looser.By, cancellationToken)));
        }

        return lines;
    }

    public async Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (InboxKeys.Read(key, "stalled", "unknown", "outage") is { } batch)
            return await details.FindAsync(batch, caller, x => x.State is BatchState.Running or BatchState.Stopping, cancellationToken);
        // Their reason says it all.
        return (await ListAsync(null, caller, cancellationToken)).Any(x => x.Key == key) ? new([], []) : null;
    }

    private async Task<Troubles> ReadAsync(string? poolPairId)
    {
        var ofPairs = new List<PairTrouble>();
        foreach (var pair in (await pairs.ListAsync(CancellationToken.None)).Where(x => poolPairId is null || x.Id == poolPairId))
        {
            var scan = await scans.FindLatestAsync(pair.Id, CancellationToken.None);
            ofPairs.Add(new(pair, scan is { State: ScanState.Failed } ? scan : null, await FindLooserAsync(pair.Id), await proposals.FindOpenAsync(pair.Id, CancellationToken.None)));
        }

        return new(await runs.ListAsync(poolPairId, CancellationToken.None), ofPairs);
    }

    private InboxLine OfRun(RunTrouble run)
    {
        var url = Urls.Batch(run.BatchId, "run", run.PoolPairId);
        return run.UnknownRooms > 0
            ? new(InboxKeys.Of("unknown", run.BatchId), InboxClass.Now, PortalIcons.HelpOutline, Tone.Bad, texts["Unknown", run.BatchName],
                texts.Count("UnknownReason", run.UnknownRooms), run.StartedAt, url, texts["OpenRun"]) { BatchId = run.BatchId }
            : new(InboxKeys.Of("stalled", run.BatchId), InboxClass.Now, PortalIcons.HourglassDisabled, Tone.Bad, texts["Stalled", run.BatchName],
                texts["StalledReason"], run.StalledSince!.Value, url, texts["OpenRun"]) { BatchId = run.BatchId };
    }

    private InboxLine OfOutage(RunTrouble run) => new(
        InboxKeys.Of("outage", run.BatchId), InboxClass.Now, PortalIcons.CloudOff, Tone.Bad, texts["RunWaits", run.BatchName], run.Outage!.ToString(),
        run.StalledSince ?? run.StartedAt, Urls.AdministrationOf("connections", run.PoolPairId), texts["OpenPool"]) { BatchId = run.BatchId };

    private InboxLine OfPool(PoolPair pair, Scan scan) => new(
        $"scan:{pair.Id}", InboxClass.Now, PortalIcons.CloudOff, Tone.Bad, texts["ScanFailed", pair.Name], scan.Error?.ToString() ?? texts["ScanFailedReason"],
        scan.FinishedAt ?? scan.RequestedAt, Urls.Administration(pair: pair.Id), texts["OpenPool"]);

    private InboxLine OfPolicy(PoolPair pair, PolicyVersion version, string by) => new(
        $"policy:{pair.Id}", InboxClass.Do, PortalIcons.Policy, Tone.Warn, texts["Looser", pair.Name], texts["LooserReason", by, version.Reason],
        version.At, Urls.Policy(pair.Id), texts["OpenPolicy"]);

    private InboxLine OfProposal(PoolPair pair, PolicyProposal proposal, string by, Caller caller) => new(
        $"policy-proposal:{pair.Id}", InboxClass.Decide, PortalIcons.Policy, Tone.Warn, texts["PolicyProposed", pair.Name], texts["PolicyProposedReason", by, proposal.Reason],
        proposal.At, Urls.Policy(pair.Id), texts["OpenPolicy"], caller.Name == proposal.By ? texts["PolicyProposedOwn"].Value : null);

    // The newest change that asks for less; a stricter one after it does not hide that it was so for a while.
    private async Task<PolicyVersion?> FindLooserAsync(string poolPairId)
    {
        var since = time.GetUtcNow() - _lately;
        var versions = await policies.VersionsSinceAsync(poolPairId, since, CancellationToken.None);
        return versions.Where((version, at) => version.At > since && version.Body.IsLooserThan(at + 1 < versions.Count ? versions[at + 1].Body : ReviewPolicy.Default)).FirstOrDefault();
    }

    /// <summary>For everybody; whose each is, is judged when somebody asks.</summary>
    internal sealed record Troubles(IReadOnlyList<RunTrouble> Runs, IReadOnlyList<PairTrouble> Pairs);

    internal sealed record PairTrouble(PoolPair Pair, Scan? Failed, PolicyVersion? Looser, PolicyProposal? Proposal);
}
