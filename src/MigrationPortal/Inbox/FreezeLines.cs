using Microsoft.Extensions.Localization;
using MigrationPortal.Freezes;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Inbox;

/// <summary>Freezes whose planned end has passed, for whoever may lift them or set another end.</summary>
internal sealed class FreezeLines(
    FreezeQueries freezes, PoolPairQueries pairs, PersonNames names, IStringLocalizer<InboxTexts> texts, SharedReading<IReadOnlyList<Freeze>> shared, TimeProvider clock) : IInboxLines
{
    private const string Kind = "freeze";

    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Has(Role.Operator) && !caller.Has(Role.Administrator))
            return [];
        var lines = new List<InboxLine>();
        foreach (var freeze in await shared.ReadAsync(null, () => freezes.ListOverAsync(clock.GetUtcNow(), CancellationToken.None), cancellationToken))
        {
            if (SetFreezeHandler.Refuse(freeze.Scope == Freeze.All ? null : freeze.Scope, caller) is null && (freeze.Scope == Freeze.All || poolPairId is null || freeze.Scope == poolPairId))
                lines.Add(await LineAsync(freeze, poolPairId, cancellationToken));
        }

        return lines;
    }

    // Its reason says it all.
    public async Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        key.StartsWith(Kind + ":", StringComparison.Ordinal) && (await ListAsync(null, caller, cancellationToken)).Any(x => x.Key == key) ? new([], []) : null;

    private async Task<InboxLine> LineAsync(Freeze freeze, string? poolPairId, CancellationToken cancellationToken)
    {
        var title = freeze.Scope == Freeze.All ? texts["FreezeOverAll"] : texts["FreezeOver", (await pairs.FindAsync(freeze.Scope, cancellationToken))?.Name ?? freeze.Scope];
        return new(
            $"{Kind}:{freeze.Scope}", InboxClass.Decide, PortalIcons.AcUnit, Tone.Warn, title,
            texts["FreezeOverReason", await names.FindAsync(freeze.By, cancellationToken), freeze.Reason], freeze.Until!.Value, Urls.WithPair(Urls.Freeze(), poolPairId), texts["OpenFreeze"]) { Due = freeze.Until };
    }
}
