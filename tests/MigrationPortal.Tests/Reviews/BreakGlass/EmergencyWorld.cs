using MigrationPortal.Engine;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews.BreakGlass;

/// <summary>Shorthand for tests of emergency starts over a <see cref="BatchWorld"/>.</summary>
internal static class EmergencyWorld
{
    public static readonly Caller Olga = Person("olga", Role.Operator);
    public static readonly Caller Omar = Person("omar", Role.Operator);
    public static readonly Caller Aron = Person("aron", Role.Auditor);

    /// <summary>Asks and looks into it afterwards.</summary>
    public static readonly Caller Ida = Person("ida", Role.Operator, Role.Auditor);

    /// <summary>Wrote the batch, and runs batches.</summary>
    public static readonly Caller Pavel = Person("pavel", Role.Planner, Role.Operator);

    public static readonly Caller[] Operators = [Olga, Omar];

    // No administrator among them: with a second one, a looser policy waits to be confirmed.
    public static Task KnowAsync(this BatchWorld world) => world.KnowAsync(Olga, Omar, Aron, Ida, Pavel, Petra);

    public static async Task KnowAsync(this BatchWorld world, params Caller[] people)
    {
        await using var db = world.Database.OpenPortal();
        db.AddRange(people.Select(Known));
        await db.SaveChangesAsync();
    }

    public static async Task<BatchWorld> StartedAsync(TimeProvider? clock = null, ReviewPolicy? policy = null)
    {
        var world = await StartAsync(clock: clock);
        await world.KnowAsync();
        await world.SetAsync(policy ?? new ReviewPolicy { Approvals = 2, BreakGlass = true });
        return world;
    }

    public static Task<Outcome<BreakGlassRequest>> AskAsync(this BatchWorld world, long batch, Caller caller, string? reason = "the site loses power", string? reference = "CHG0031337") =>
        world.Get<AskBreakGlassHandler>().HandleAsync(new AskBreakGlass(batch, reason, reference), caller, CancellationToken.None);

    public static Task<Outcome<BreakGlassRequest>> WithdrawAsync(this BatchWorld world, BreakGlassRequest asked, Caller caller, string? reason = "power is back") =>
        world.Get<WithdrawBreakGlassHandler>().HandleAsync(new WithdrawBreakGlass(asked.Id, reason), caller, CancellationToken.None);

    public static Task<Outcome<BreakGlassRequest>> ConfirmAsync(this BatchWorld world, BreakGlassRequest asked, Caller caller) =>
        world.Get<ConfirmBreakGlassHandler>().HandleAsync(new ConfirmBreakGlass(asked.Id), caller, CancellationToken.None);

    public static Task<Outcome<BreakGlassRequest>> ReviewAsync(this BatchWorld world, BreakGlassRequest asked, Caller caller, BreakGlassVerdict? verdict = BreakGlassVerdict.Justified, string? text = "power was lost") =>
        world.Get<ReviewBreakGlassHandler>().HandleAsync(new ReviewBreakGlass(asked.Id, verdict, text), caller, CancellationToken.None);

    private static Caller Person(string name, params Role[] roles) => new(name, name, roles.ToHashSet());
}
