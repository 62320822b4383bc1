using System.Net;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.OpenIdConnect;

/// <summary>A browser on its way through the provider, one step at a time, so that a test can spoil any of them.</summary>
internal sealed class ProviderJourney(PortalApp portal) : IDisposable
{
    public PersonBrowser Browser { get; } = new(portal.Address);

    /// <summary>Through the provider and back: what the portal's callback answers.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string who, string returnUrl = "/rooms") =>
        await Browser.GetAsync(await ToCallbackAsync(who, returnUrl));

    /// <summary>The callback address with its code and state, not yet asked for.</summary>
    public async Task<string> ToCallbackAsync(string who, string returnUrl = "/rooms", bool deny = false)
    {
        using var begin = await Browser.GetAsync($"signin/entra?returnUrl={Uri.EscapeDataString(returnUrl)}");
        Assert.Equal(HttpStatusCode.Redirect, begin.StatusCode);
        var at = begin.Headers.Location!;
        Uri? form = null;
        for (var step = 0; step < 10; step++)
        {
            if (at.AbsolutePath.EndsWith("/signin-oidc", StringComparison.Ordinal))
                return at.OriginalString;
            HttpResponseMessage answer;
            if (form is not null && at == form)
            {
                using var fields = new FormUrlEncodedContent(new Dictionary<string, string> { ["login"] = who, [deny ? "deny" : "go"] = "1" });
                answer = await Browser.Http.PostAsync(form, fields);
            }
            else
            {
                answer = await Browser.Http.GetAsync(at);
            }

            using (answer)
            {
                if (answer.StatusCode == HttpStatusCode.OK)
                    form = at;
                else if (answer.Headers.Location is { } next)
                    at = new Uri(at, next);
                else
                    throw new InvalidOperationException($"{at} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }
        }

        throw new InvalidOperationException($"The provider goes in circles at {at}.");
    }

    public void Dispose() => Browser.Dispose();
}
