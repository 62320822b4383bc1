using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Lists;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;

namespace MigrationPortal.People;

internal static class PeopleFeature
{
    // Of each list of a person: what clients that ask for no page have always been given of changes.
    private const int UsualTake = 200;

    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<PeopleQueries>()
        .AddSingleton<PersonQueries>()
        .AddSingleton<PeopleFile>()
        .AddSingleton<PersonFile>()
        .AddLink("principal", (guid, pair) => Urls.WithPair($"/people/{guid}", pair));

    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        var people = api.MapGroup("/pool-pairs/{pair}/principals").WithTags("People");
        people.MapGet("", ListAsync);
        people.MapGet("/{guid:guid}", FindAsync);
        people.MapGet("/export", ExportAsync).ProducesFile();
        people.MapGet("/{guid:guid}/rooms/export", (string pair, Guid guid, string? format, PeopleQueries queries, PersonFile file, CancellationToken token) =>
            OfPersonAsync(pair, guid, queries, () => file.Places(format, pair, guid, token), token)).ProducesFile();
        people.MapGet("/{guid:guid}/changes/export", (string pair, Guid guid, string? format, PeopleQueries queries, PersonFile file, CancellationToken token) =>
            OfPersonAsync(pair, guid, queries, () => file.Changes(format, pair, guid, token), token)).ProducesFile();
    }

    private static async Task<IResult> ListAsync(
        string pair, string? search, string? mark, string? kind, string? sort, int? skip, int? take, PoolPairQueries pairs, PeopleQueries people, CancellationToken cancellationToken)
    {
        if (await pairs.FindAsync(pair, cancellationToken) is null)
            return Problems.NotFound("pool-pair", pair);
        var filter = Filter(pair, search, mark, kind, sort);
        return filter.IsDone ? Results.Ok(await people.ListAsync(filter.Value, Paging.Of(skip, take), cancellationToken)) : filter.Refusal.ToProblem();
    }

    private static async Task<IResult> ExportAsync(
        string pair, string? search, string? mark, string? kind, string? sort, string? format, PoolPairQueries pairs, PeopleFile file, CancellationToken cancellationToken)
    {
        if (await pairs.FindAsync(pair, cancellationToken) is null)
            return Problems.NotFound("pool-pair", pair);
        return Filter(pair, search, mark, kind, sort).ToResult(filter => file.Answer(format, filter, cancellationToken));
    }

    private static async Task<IResult> OfPersonAsync(string pair, Guid guid, PeopleQueries people, Func<IResult> answer, CancellationToken cancellationToken) =>
        await people.FindAsync(pair, guid, cancellationToken) is null ? Problems.NotFound("principal", guid.ToString()) : answer();

    private static Outcome<PeopleFilter> Filter(string pair, string? search, string? mark, string? kind, string? sort)
    {
        var (chosen, one, order) = (Words.ReadOne<PersonMark>("mark", mark), Words.ReadOne<PrincipalType>("kind", kind), Words.ReadOne<PersonSort>("sort", sort?.TrimStart('-')));
        if ((chosen.Refusal ?? one.Refusal ?? order.Refusal) is { } refusal)
            return refusal;
        return new PeopleFilter(pair, search, chosen.Value, one.Value, order.Value ?? PersonSort.Name, sort?.StartsWith('-') == true);
    }

    // Each list has the part that is asked for.
    private static async Task<IResult> FindAsync(string pair, Guid guid, int? skip, int? take, PersonQueries person, CancellationToken cancellationToken)
    {
        var part = Paging.Of(skip, take ?? UsualTake);
        return await person.FindAsync(pair, guid, part, part, cancellationToken) is { } view ? Results.Ok(view) : Problems.NotFound("principal", guid.ToString());
    }
}
