namespace MigrationPortal.Engine.Planning;

/// <summary>The options that can decide about somebody's right in a room, named as in <see cref="PlanOptions"/>.</summary>
[Flags]
public enum RightsOptions
{
    None = 0,
    OutOfScope = 1,
    ScopeUndecided = 2,
    FederatedRoles = 4,
    PresenterNotMember = 8,
    DisabledRooms = 16,
    RoomUnderRoot = 32,
}

/// <summary>Some of these options with their values, as a text: <c>OutOfScope=Admit,ScopeUndecided=Drop</c>.</summary>
public static class RightsChoice
{
    private static readonly Dictionary<RightsOptions, Named> _all = new()
    {
        [RightsOptions.OutOfScope] = Named.Of(x => x.OutOfScope, (x, value) => x with { OutOfScope = value }),
        [RightsOptions.ScopeUndecided] = Named.Of(x => x.ScopeUndecided, (x, value) => x with { ScopeUndecided = value }),
        [RightsOptions.FederatedRoles] = Named.Of(x => x.FederatedRoles, (x, value) => x with { FederatedRoles = value }),
        [RightsOptions.PresenterNotMember] = Named.Of(x => x.PresenterNotMember, (x, value) => x with { PresenterNotMember = value }),
        [RightsOptions.DisabledRooms] = Named.Of(x => x.DisabledRooms, (x, value) => x with { DisabledRooms = value }),
        [RightsOptions.RoomUnderRoot] = Named.Of(x => x.RoomUnderRoot, (x, value) => x with { RoomUnderRoot = value }),
    };

    public static string Of(RightsOptions asked, PlanOptions options) =>
        string.Join(',', _all.Where(x => asked.HasFlag(x.Key)).Select(x => $"{x.Key}={x.Value.Read(options)}"));

    /// <summary>Whether the options have the values that the text names.</summary>
    public static bool Holds(string text, PlanOptions options) => text.Length == 0 || text.Split(',').All(part =>
        part.Split('=') is [var name, var value] && Enum.TryParse<RightsOptions>(name, out var option) && _all.TryGetValue(option, out var named) && named.Read(options) == value);

    /// <summary>The options with another value of one of those that were asked.</summary>
    public static IEnumerable<PlanOptions> Others(RightsOptions asked, PlanOptions options) =>
        _all.Where(x => asked.HasFlag(x.Key)).SelectMany(x => x.Value.Each(options)).Where(x => x != options);

    /// <summary>The options with all of these as they are by default.</summary>
    public static PlanOptions Neutral(PlanOptions options)
    {
        var any = new PlanOptions();
        return options with
        {
            OutOfScope = any.OutOfScope,
            ScopeUndecided = any.ScopeUndecided,
            FederatedRoles = any.FederatedRoles,
            PresenterNotMember = any.PresenterNotMember,
            DisabledRooms = any.DisabledRooms,
            RoomUnderRoot = any.RoomUnderRoot,
        };
    }

    private sealed record Named(Func<PlanOptions, string> Read, Func<PlanOptions, IEnumerable<PlanOptions>> Each)
    {
        public static Named Of<T>(Func<PlanOptions, T> read, Func<PlanOptions, T, PlanOptions> write)
            where T : struct, Enum => new(x => read(x).ToString(), x => Enum.GetValues<T>().Select(value => write(x, value)));
    }
}
