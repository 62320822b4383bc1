using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.Engine.Preflight;

/// <summary>Names that people cannot read, or that read as another (traps C12 and C17).</summary>
public sealed class UnreadableNamesTests
{
    public static TheoryData<string, Severity?> Names => new()
    {
        { "", Severity.Blocker },
        { " \u00A0", Severity.Blocker },
        { "\u200B\u2060", Severity.Blocker },
        { "line\nbreak", Severity.Blocker },
        { "Payroll \u202Egnp.exe", Severity.Warning },
        { "open \u2067isolate", Severity.Warning },
        { "שלום", null },
        { "Café 👩‍👩‍👧", null },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_NameOfARoom_IsFoundWithItsSeverity(string name, Severity? severity) =>
        Assert.Equal(severity, Find(Pool().Change("Spot", n => n with { Name = name })));

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_NameOfItsCategory_IsFoundOnTheRoom(string name, Severity? severity) =>
        Assert.Equal(severity, Find(Pool().Change("Desk", n => n with { Name = name })));

    [Theory]
    [InlineData("Eve \u202Eevil", true)]
    [InlineData("Eve\nSmith", true)]
    [InlineData("\u200B", true)]
    [InlineData("Eve Smith", false)]
    public void Check_NameOfAPerson_IsAWarning(string name, bool isFound)
    {
        var findings = new PoolBuilder().Principal(name, path: "CN=Eve,OU=Staff,DC=contoso,DC=com", uri: "sip:eve@contoso.com")
            .Category("Desk").Room("Spot", "Desk").Member("Spot", name).Plan().Findings;

        Assert.Equal(isFound, findings.Any(x => x is { RuleId: "MisleadingName", Severity: Severity.Warning }));
    }

    private static PoolBuilder Pool() => new PoolBuilder().Principal("Ines").Category("Desk").Room("Spot", "Desk").Member("Spot", "Ines");

    private static Severity? Find(PoolBuilder pool) =>
        pool.Plan().Findings.Where(x => x.RuleId == "P02").Select(x => (Severity?)x.Severity).SingleOrDefault();
}
