using System.Globalization;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Tests.Engine.Planning;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Runs;

public sealed class PlanDriftTests
{
    [Fact]
    public void Describe_SettingsThatChanged_AreInTheReadersLanguage()
    {
        var plan = Trading().Plan("Desk").Plan;
        var before = plan.Rooms[0] with { Visibility = "scope", Behavior = "normal", Invite = null, Disabled = false };
        var after = before with { Visibility = "private", Behavior = "auditorium", Invite = false, Disabled = true };

        var drift = PlanDrift.Describe(plan with { Rooms = [before] }, plan with { Rooms = [after] });

        Assert.Equal(
            "„Desk“: Vertraulichkeit geschlossen → geheim, Typ normal → Auditorium, Einladungen wie die Kategorie → aus, deaktiviert nein → ja", drift.In(CultureInfo.GetCultureInfo("de")));
    }

    [Fact]
    public void Describe_NameThatIsAWordOfASetting_StaysAsItIs()
    {
        var plan = Trading().Plan("Desk").Plan;
        var before = plan.Rooms[0] with { Name = "private" };

        var drift = PlanDrift.Describe(plan with { Rooms = [before] }, plan with { Rooms = [before with { Name = "open" }] });

        Assert.Equal("„Desk“: Name private → open", drift.In(CultureInfo.GetCultureInfo("de")));
    }
}
