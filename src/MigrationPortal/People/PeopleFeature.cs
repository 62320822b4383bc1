using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;

namespace MigrationPortal.People;

internal static class PeopleFeature
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<PeopleQueries>()
        .AddSingleton<PersonQueries>()
        .AddSingleton<PeopleFile>()
        .AddLink("principal", (guid, pair) => Urls.WithPair($"/people/{guid}", pair));

    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        var people = api.MapGroup("/pool-pairs/{pair}/principals").WithTags("People");
        people.MapGet("", ListAsync);
        people.MapGet("/{guid:guid}", FindAsync);
        people.MapGet("/export", ExportAsync).ProducesFile();
    }

    private static async Task<IResult> ListAsync(string pair, string? search, string? mark, int? skip, int? take, PoolPairQueries pairs, PeopleQueries people, CancellationToken cancellationToken)
    {
        if (await pairs.FindAsync(pair, cancellationToken) is null)
            return Problems.NotFound("pool-pair", pair);
        var chosen = Words.ReadOne<PersonMark>("mark", mark);
        return chosen.IsDone ? Results.Ok(await people.ListAsync(new PeopleFilter(pair, search, chosen.Value), Paging.Of(skip, take), cancellationToken)) : chosen.Refusal.ToProblem();
    }

    private static async Task<IResult> ExportAsync(string pair, string? search, string? mark, string? format, PoolPairQueries pairs, PeopleFile file, CancellationToken cancellationToken)
    {
        if (await pairs.FindAsync(pair, cancellationToken) is null)
            return Problems.NotFound("pool-pair", pair);
        return Words.ReadOne<PersonMark>("mark", mark).ToResult(chosen => file.Answer(format, new PeopleFilter(pair, search, chosen), cancellationToken));
    }

    private static async Task<IResult> FindAsync(string pair, Guid guid, int? skip, int? take, PersonQueries person, CancellationToken cancellationToken) =>
        await person.FindAsync(pair, guid, Paging.Of(skip, take), cancellationToken) is { } view ? Results.Ok(view) : Problems.NotFound("principal", guid.ToString());
}
