using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Setup;

/// <summary>The pair as far as somebody has got with it.</summary>
public sealed class SetupDraft
{
    public string Name { get; set; } = "";

    public SetupDraft()
    {
        Legacy = new(this, isLegacy: true, nameof(ChatProduct.LyncGroupChat2010));
        New = new(this, isLegacy: false, nameof(ChatProduct.LyncPersistentChat2013));
    }

    public SideDraft Legacy { get; }

    public SideDraft New { get; }

    public PlanOptions Options { get; set; } = new();

    /// <summary>The kept pair that is changed; null while one is added.</summary>
    public string? EditedId { get; set; }

    /// <summary>Of what the browser keeps until it is saved: what was typed for one pair never comes back in another.</summary>
    public string Place => EditedId is null ? "setup/add" : $"setup/edit/{EditedId}";

    /// <summary>Its version when it was opened; 0 of one that is added.</summary>
    public long Version { get; set; }

    public string Id => EditedId ?? PoolPairId.FromName(Name);

    public PoolPairSettings ToSettings() => new() { Id = Id, Name = Name.Trim(), Legacy = Legacy.ToSettings(), New = New.ToSettings() };
}
