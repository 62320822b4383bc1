using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.Sessions;

/// <summary>A form is one person's, whatever they may do meanwhile: signing out must not fail because a group was taken away.</summary>
public sealed class FormTokenTests
{
    private static readonly Caller _olga = Caller.Of("olga", "Olga", [new Grant(Role.Operator)]) with { PersonId = 1, SessionId = 1 };

    [Fact]
    public async Task Form_OfSomebodyWhoseRightsAndNameChanged_IsStillTheirs()
    {
        await using var portal = await PortalApp.StartAsync();

        Assert.True(await IsValidAsync(portal, Caller.Of("olga", "Olga Berg", []) with { PersonId = 1, SessionId = 2 }));
        Assert.False(await IsValidAsync(portal, _olga with { Name = "omar" }));
    }

    private static async Task<bool> IsValidAsync(PortalApp portal, Caller sender)
    {
        var antiforgery = portal.Get<IAntiforgery>();
        var tokens = antiforgery.GetTokens(new DefaultHttpContext { RequestServices = portal.Services, User = _olga.ToPrincipal("test") });
        var sent = new DefaultHttpContext { RequestServices = portal.Services, User = sender.ToPrincipal("test") };
        sent.Request.Method = HttpMethods.Post;
        sent.Request.Headers.Cookie = $"{portal.Get<IOptions<AntiforgeryOptions>>().Value.Cookie.Name}={tokens.CookieToken}";
        sent.Request.Headers[tokens.HeaderName!] = tokens.RequestToken;
        return await antiforgery.IsRequestValidAsync(sent);
    }
}
