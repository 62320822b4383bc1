using MigrationPortal.Tests.SignIn.ActiveDirectory;

namespace MigrationPortal.EndToEnd.SignIn;

/// <summary>Portals that several journeys of a class share, each started by the first that asks for it: a start with its database takes longer than most journeys.</summary>
public sealed class SignInPortals : IAsyncLifetime
{
    private SignInPortal? _personas;
    private SignInPortal? _domain;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var portal in new[] { _personas, _domain })
        {
            if (portal is not null)
                await portal.DisposeAsync();
        }
    }

    internal async Task<SignInPortal> OfPersonasAsync() => _personas ??= await SignInPortal.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>By name and password, and by a Windows ticket.</summary>
    internal async Task<SignInPortal> OfDomainAsync()
    {
        if (_domain is not null)
            return _domain;
        var domain = await TestDomain.GetAsync();
        var settings = domain.Settings();
        settings["SignIn:Methods:1"] = "Kerberos";
        settings["SignIn:Contact"] = "migration@contoso.com";
        return _domain = await SignInPortal.StartAsync(settings, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KRB5_CONFIG"] = $"{domain.Folder}/krb5.conf",
            ["KRB5_KTNAME"] = $"{domain.Folder}/keytabs/http",
        });
    }
}
