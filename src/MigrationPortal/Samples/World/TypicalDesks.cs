namespace MigrationPortal.Samples.World;

/// <param name="Path">Below the root; <c>Trading/Equities</c> is a category in a category.</param>
/// <param name="Department">Whose people its rooms are for.</param>
internal sealed record Desk(string Path, string Department, bool HasOwnScope = false);

/// <summary>The categories of a bank's trading floor, and what its rooms are called.</summary>
internal static class TypicalDesks
{
    public static readonly string[] Departments = ["Trading", "Sales", "Operations", "Research", "Technology", "Compliance", "Corporate"];

    public static readonly Desk[] Desks =
    [
        new("Trading", "Trading"), new("Trading/Equities", "Trading"), new("Trading/Equities/Cash", "Trading"), new("Trading/Equities/Derivatives", "Trading"),
        new("Trading/Fixed Income", "Trading"), new("Trading/Fixed Income/Rates", "Trading"), new("Trading/Fixed Income/Credit", "Trading"), new("Trading/FX", "Trading"),
        new("Trading/Commodities", "Trading"), new("Trading/Prime", "Trading", HasOwnScope: true),
        new("Sales", "Sales"), new("Sales/Institutional", "Sales"), new("Sales/Private Clients", "Sales"), new("Sales/Iberia", "Sales"),
        new("Operations", "Operations"), new("Operations/Settlements", "Operations"), new("Operations/Settlements/EMEA", "Operations"),
        new("Operations/Settlements/APAC", "Operations"), new("Operations/Confirmations", "Operations"), new("Operations/Corporate Actions", "Operations"),
        new("Research", "Research"), new("Research/Macro", "Research"), new("Research/Single Stocks", "Research", HasOwnScope: true),
        new("Technology", "Technology"), new("Technology/Support", "Technology"), new("Technology/Market Data", "Technology"), new("Technology/Releases", "Technology"),
        new("Compliance", "Compliance", HasOwnScope: true), new("Compliance/Surveillance", "Compliance"),
        new("Corporate", "Corporate"), new("Corporate/Facilities", "Corporate"), new("Projects", "Technology"), new("Social", "Corporate"),
    ];

    public static readonly string[] Subjects =
    [
        "Morning call", "Flow", "Axes", "Handover London-New York", "Handover Tokyo-London", "Risk", "Market colour", "Client enquiries", "Breaks", "P&L questions",
        "Limits", "Reading room", "Alerts", "Month end", "New joiners", "Escalations", "Planning", "Voice tapes", "Static data", "Roadshow",
    ];
}
