using MigrationPortal.Engine.Sql;
using MigrationPortal.PoolPairs;
using MigrationPortal.PoolPairs.Checking;

namespace MigrationPortal.Setup;

/// <summary>One side as somebody types it, and what the portal found out about it.</summary>
public sealed class SideDraft(SetupDraft pair, bool isLegacy, string product)
{
    public bool IsLegacy => isLegacy;

    public string Place => $"{pair.Place}/{Key}";

    /// <summary>In the places of drafts, and in the names of fields.</summary>
    public string Key => isLegacy ? "legacy" : "new";

    public string Product { get; set; } = product;

    public string Provider { get; set; } = nameof(SqlProvider.SqlServer);

    /// <summary>With the instance or the port, as the server's driver takes it.</summary>
    public string Server { get; set; } = "";

    public string Database { get; set; } = "";

    /// <summary>False: as the account that the portal runs as.</summary>
    public bool HasUser { get; set; }

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Further settings of the connection string, e.g. <c>TrustServerCertificate=true</c>.</summary>
    public string More { get; set; } = "";

    public string FileStore { get; set; } = "";

    public string PoolFqdn { get; set; } = "";

    /// <summary>Null before the first check.</summary>
    public IReadOnlyList<PoolCheck>? Lines { get; set; }

    /// <summary>What the lines were found out about.</summary>
    public PoolSettings? Checked { get; set; }

    public DateTimeOffset? CheckedAt { get; set; }

    public bool IsChecking { get; set; }

    public bool IsComplete => Server.Trim().Length > 0 && Database.Trim().Length > 0 && (!HasUser || User.Trim().Length > 0);

    /// <summary>Whether the lines are about what stands there now and nothing failed but what the file store's step asks.</summary>
    public bool IsConnected => IsFresh && Lines!.All(x => x.State != CheckState.Failed || x.Kind == CheckKind.FileStore);

    public bool HasStore => IsFresh && Lines!.All(x => x.State != CheckState.Failed);

    public int Warnings => Lines?.Count(x => x.State == CheckState.Warning) ?? 0;

    private bool IsFresh => Lines is not null && !IsChecking && Checked is { } seen && seen.IsSameAs(ToSettings());

    public PoolSettings ToSettings() => new()
    {
        Product = Product,
        Provider = Provider,
        ConnectionString = ConnectionText.Of(this, Password),
        FileStore = FileStore.Trim() is { Length: > 0 } path ? path : null,
        PoolFqdn = !isLegacy && PoolFqdn.Trim() is { Length: > 0 } name ? name : null,
    };
}
