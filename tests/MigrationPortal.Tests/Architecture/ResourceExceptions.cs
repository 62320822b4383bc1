namespace MigrationPortal.Tests.Architecture;

/// <summary>What <see cref="ResourceTests"/> lets pass. The lists of pages only ever get shorter.</summary>
internal static class ResourceExceptions
{
    /// <summary>Pages whose texts are not translated yet.</summary>
    public static readonly string[] NotTranslated =
    [
    ];

    /// <summary>Keys of sentences that read the same in two languages.</summary>
    public static readonly string[] SameInTwoLanguages =
    [
    ];

    /// <summary>Whole words; the glossary names what takes their place.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Rejected = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["en"] = ["old pool", "somebody", "anybody", "leave out", "left out", "take back", "taken back", "anew", "afresh", "by now", "proven", "cut-over"],
        ["de"] = ["Raum", "Räume", "Räumen", "Raums", "Stapel", "Stapeln", "Lauf", "Läufe", "Läufen", "föderiert", "freigeben", "freigegeben"],
        ["es"] = ["sala", "salas", "canal", "canales", "grupo nuevo", "grupo heredado"],
    };

    /// <summary>Terms, names and signs that are the same in two languages.</summary>
    public static readonly IReadOnlySet<string> SameWords = new HashSet<string>(StringComparer.Ordinal)
    {
        "Add-In", "Administrator", "Anna", "Auditor", "Auditorium", "Batch", "Batches", "Blocker", "Browser", "Code", "Contoso", "Detail", "Details", "Error", "Format", "Hash", "In", "in", "JSON", "Live", "Microsoft Teams", "Slack", "Manager", "manager", "Migration", "Name",
        "name", "No", "no", "Normal", "normal", "Operator", "Option", "Person", "Plan", "plan", "Pool", "Pools", "Roles", "roles", "Scan", "Schema", "Server", "Status", "Token", "Tokens", "Version", "Webhooks",
    };

    /// <summary>In pages: names of products and settings, and an example of what can be typed.</summary>
    public static readonly IReadOnlySet<string> NotWords = new HashSet<string>(StringComparer.Ordinal)
    {
        "MigrationPortal", "PostgreSQL", "SQL Server", "TrustServerCertificate=true", "batch:12", "verify-evidence.sh",
    };
}
