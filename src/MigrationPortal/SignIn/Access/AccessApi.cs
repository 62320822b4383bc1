using System.Security.Claims;
using Microsoft.Extensions.Options;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.People;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.SignIn.Tokens;

namespace MigrationPortal.SignIn.Access;

/// <summary>Oneself, one's sessions and tokens; for administrators those of everybody.</summary>
internal static class AccessApi
{
    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder api)
    {
        api.MapGet("/me", (ClaimsPrincipal user, IOptions<SignInOptions> options) => Me.Of(user.ToCaller(), options.Value.Contact)).WithTags("Me");
        var me = api.MapGroup("/me").WithTags("Me");
        me.MapGet("/sessions", async (int? skip, int? take, SessionQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
            Sessions(await queries.ListOwnAsync(user.ToCaller(), Paging.Of(skip, take), cancel), user.ToCaller()));
        me.MapGet("/sessions/export", (string? format, AccessFiles files, ClaimsPrincipal user, CancellationToken cancel) => files.OwnSessions(format, user.ToCaller(), cancel)).ProducesFile();
        me.MapGet("/tokens/export", (string? format, AccessFiles files, ClaimsPrincipal user, CancellationToken cancel) => files.OwnTokens(format, user.ToCaller(), cancel)).ProducesFile();
        me.MapDelete("/sessions", async (EndSessionsHandler ending, ClaimsPrincipal user, CancellationToken cancel) =>
            (await ending.EndOwnAsync(user.ToCaller(), cancel)).ToResult(_ => TypedResults.NoContent()));
        me.MapDelete("/sessions/{id:long}", EndAsync);
        me.MapGet("/tokens", async (int? skip, int? take, TokenQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
            Tokens(await queries.ListOwnAsync(user.ToCaller(), Paging.Of(skip, take), cancel)));
        me.MapPost("/tokens", async (CreateToken request, CreateTokenHandler create, ClaimsPrincipal user, CancellationToken cancel) =>
            (await create.HandleAsync(request, user.ToCaller(), cancel)).ToResult(made => TypedResults.Created((string?)null, CreatedToken.Of(made, user.ToCaller()))));
        me.MapDelete("/tokens/{id:long}", RevokeAsync);

        var all = api.MapGroup("").WithTags("Access");
        // Whole: as many as the portal has actions.
        all.MapGet("/roles", (RoleActions actions) => new Page<RoleAction>(actions.All.Count, actions.All));
        all.MapGet("/roles/grants/export", (string? format, AccessFiles files) => files.Grants(format)).ProducesFile();
        all.MapGet("/sessions", async (int? skip, int? take, SessionQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
            (await queries.ListAllAsync(user.ToCaller(), Paging.Of(skip, take), cancel)).ToResult(rows => TypedResults.Ok(Sessions(rows, user.ToCaller()))));
        all.MapGet("/sessions/export", (string? format, AccessFiles files, ClaimsPrincipal user, CancellationToken cancel) => files.Sessions(format, user.ToCaller(), cancel)).ProducesFile();
        all.MapGet("/tokens/export", (string? format, AccessFiles files, ClaimsPrincipal user, CancellationToken cancel) => files.Tokens(format, user.ToCaller(), cancel)).ProducesFile();
        all.MapGet("/people/export", (string? format, AccessFiles files, ClaimsPrincipal user, CancellationToken cancel) => files.PeopleAsync(format, user.ToCaller(), cancel)).ProducesFile();
        all.MapDelete("/sessions/{id:long}", EndAsync);
        all.MapGet("/tokens", async (int? skip, int? take, TokenQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
            (await queries.ListAllAsync(user.ToCaller(), Paging.Of(skip, take), cancel)).ToResult(rows => TypedResults.Ok(Tokens(rows))));
        all.MapDelete("/tokens/{id:long}", RevokeAsync);
        all.MapGet("/people", ListPeopleAsync);
        return api;
    }

    private static async Task<IResult> EndAsync(long id, EndSessionsHandler ending, ClaimsPrincipal user, CancellationToken cancel) =>
        (await ending.EndOneAsync(id, user.ToCaller(), cancel)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> RevokeAsync(long id, RevokeTokenHandler revoke, ClaimsPrincipal user, CancellationToken cancel) =>
        (await revoke.HandleAsync(id, user.ToCaller(), cancel)).ToResult(_ => TypedResults.NoContent());

    // With mention=batch:12 anybody asks who can be mentioned there; without, an administrator asks who is known.
    private static async Task<IResult> ListPeopleAsync(
        string? mention, string? search, int? skip, int? take, PeopleQueries queries, IMentionPlaces places, ClaimsPrincipal user, CancellationToken cancel) => mention is null
        ? (await queries.ListAsync(user.ToCaller(), Paging.Of(skip, take), cancel)).ToResult(TypedResults.Ok)
        : (await places.FindAsync(mention, search, user.ToCaller(), cancel)).ToResult(x => TypedResults.Ok(new Page<MentionedPerson>(x.Count, x)));

    private static Page<SessionResource> Sessions(Page<SessionRow> page, Caller caller) =>
        new(page.Total, [.. page.Items.Select(row => SessionResource.Of(row, caller))]);

    private static Page<TokenResource> Tokens(Page<TokenRow> page) => new(page.Total, [.. page.Items.Select(TokenResource.Of)]);
}
