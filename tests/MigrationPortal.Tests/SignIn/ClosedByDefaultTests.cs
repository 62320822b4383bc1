using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn;

/// <summary>Walks every endpoint, page and hub method: each is in the matrix, and the open ones are exactly those listed as open.</summary>
public sealed class ClosedByDefaultTests
{
    [Fact]
    public async Task Endpoints_ThatAreOpenToAnybody_AreExactlyTheListedOnes()
    {
        await using var portal = await PortalApp.StartAsync();

        var open = Endpoints(portal).Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(Name).Where(n => !IsStatic(n));

        Assert.Equal(AccessMatrix.Open.Order(StringComparer.Ordinal), open.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Endpoints_AllOfThem_HaveARowInTheMatrix()
    {
        await using var portal = await PortalApp.StartAsync();

        var known = AccessMatrix.Open.Concat(AccessMatrix.Read).Concat(AccessMatrix.Acting.Keys).ToHashSet(StringComparer.Ordinal);
        var found = Endpoints(portal).Select(Name).Where(n => !IsStatic(n)).Distinct().ToList();

        Assert.Equal("", string.Join('\n', found.Where(n => !known.Contains(n)).Order(StringComparer.Ordinal)));
        Assert.Equal("", string.Join('\n', known.Where(n => !found.Contains(n)).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Endpoints_AskedByNobody_AnswerWithSignInOr401()
    {
        await using var portal = await PortalApp.StartAsync();
        using var nobody = portal.AnonymousClient();

        foreach (var name in AccessMatrix.Read.Concat(AccessMatrix.Acting.Keys))
        {
            var (method, pattern) = (name.Split(' ')[0], name.Split(' ')[1]);
            using var request = new HttpRequestMessage(new HttpMethod(method), AccessMatrix.Concrete(pattern));
            using var response = await nobody.SendAsync(request);
            Assert.True(
                response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Redirect,
                $"{name} answers {(int)response.StatusCode} to nobody.");
        }
    }

    [Fact]
    public void PagesAndHubs_OfTheAssembly_AskForSignIn()
    {
        var assembly = typeof(Program).Assembly;
        var pages = assembly.GetTypes().Where(t => t.GetCustomAttributes(typeof(RouteAttribute), true).Length > 0);
        var open = pages.Where(t => t.GetCustomAttributes(typeof(AllowAnonymousAttribute), true).Length > 0).Select(t => t.Name).Order(StringComparer.Ordinal);
        Assert.Equal(AccessMatrix.OpenPages, open);
        Assert.All(pages, t => Assert.NotEmpty(t.GetCustomAttributes(typeof(AuthorizeAttribute), true)));

        var methods = assembly.GetTypes().Where(t => typeof(Hub).IsAssignableFrom(t) && !t.IsAbstract)
            .SelectMany(t => t.GetMethods().Where(m => m.DeclaringType == t && m is { IsPublic: true, IsStatic: false, IsSpecialName: false }).Select(m => $"{t.Name}.{m.Name}"))
            .Where(n => !n.EndsWith(".OnConnectedAsync", StringComparison.Ordinal) && !n.EndsWith(".OnDisconnectedAsync", StringComparison.Ordinal));
        Assert.Equal(AccessMatrix.HubMethods, methods.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<RouteEndpoint> Endpoints(PortalApp portal) =>
        portal.Get<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    private static string Name(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods;
        var method = methods is null or { Count: 0 } ? "GET" : methods.Contains("GET") ? "GET" : methods[0];
        return $"{method} /{endpoint.RoutePattern.RawText?.TrimStart('/')}";
    }

    // Files of the portal itself and of its libraries: fonts, styles, scripts.
    private static bool IsStatic(string name) =>
        name.StartsWith("GET /_", StringComparison.Ordinal) || Path.GetExtension(name) is ".css" or ".js" or ".svg" or ".woff2" or ".txt" or ".ico" or ".png" or ".map" or ".md" or ".gz" or ".br";
}
