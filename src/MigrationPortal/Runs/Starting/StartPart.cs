using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Runs.Starting;

/// <summary>What a later feature shows below the start of an approved batch; the batch's view reaches it as a cascading value.</summary>
internal sealed record StartPart(Type Content);

internal sealed class StartParts(IEnumerable<StartPart> parts)
{
    public IReadOnlyList<StartPart> All { get; } = [.. parts];
}

/// <summary>Why a batch cannot be started now, said before somebody tries; a part of the batch's view.</summary>
internal interface IStartNotice
{
    /// <summary>Null where nothing keeps it from starting.</summary>
    string? DisabledReason(Clock zone);
}
