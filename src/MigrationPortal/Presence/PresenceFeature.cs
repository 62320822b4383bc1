using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Server.Circuits;
using MigrationPortal.Api;
using MigrationPortal.Engine;

namespace MigrationPortal.Presence;

/// <summary>Who looks at or edits the same thing now. It is shown and forgotten: no row, no log line, no audit.</summary>
internal static partial class PresenceFeature
{
    public static IServiceCollection AddPresence(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PresenceOptions>().BindConfiguration(PresenceOptions.Section);
        services.AddSingleton<PresenceStore>();
        services.AddScoped<CircuitPresence>();
        services.AddScoped<CircuitHandler>(x => x.GetRequiredService<CircuitPresence>());
        if (configuration.GetSection(PresenceOptions.Section).Get<PresenceOptions>() is not { Enabled: false })
            services.AddHostedService<PresenceGossip>();
        return services;
    }

    public static IEndpointRouteBuilder MapPresence(this IEndpointRouteBuilder api)
    {
        api.MapGet("/presence", List).WithTags("Presence").Produces<Page<PresentPersonJson>>();
        return api;
    }

    // Whoever asks for no part gets what fits into one.
    private static IResult List(string? subject, int? skip, int? take, PresenceStore store) => subject is not null && Subject().IsMatch(subject)
        ? TypedResults.Ok(Listed(store.List(subject), Paging.Of(skip, take ?? Paging.MaxTake)))
        : new Refusal("subject-required").ToProblem();

    private static Page<PresentPersonJson> Listed(IReadOnlyList<PresentPerson> people, Paging paging) =>
        new(people.Count, [.. people.Skip(paging.Skip).Take(paging.Take).Select(PresentPersonJson.Of)]);

    [GeneratedRegex("^[a-z]{1,20}:[0-9]{1,19}$", RegexOptions.NonBacktracking)]
    private static partial Regex Subject();
}

internal sealed record PresentPersonJson(string Person, string Name, IReadOnlyList<PresenceField> Editing, DateTimeOffset Since, bool IsHidden)
{
    public static PresentPersonJson Of(PresentPerson person) => new(person.Person, person.Name, person.Editing, person.Since, person.IsHidden);
}
