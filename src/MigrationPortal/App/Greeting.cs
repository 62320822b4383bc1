using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Development;

namespace MigrationPortal.App;

/// <summary>Says where the portal is once it listens, and who one can be there while personas are the way to sign in.</summary>
internal sealed partial class Greeting(IServer server, IOptions<SignInOptions> options, IHostApplicationLifetime lifetime, ILogger<Greeting> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Greet);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Greet()
    {
        var addresses = string.Join(", ", server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        if (options.Value.IsDevelopment)
            LogPersonas(logger, addresses, string.Join(", ", Persona.All.Select(p => p.Id)));
        else
            LogReady(logger, addresses);
    }

    [LoggerMessage(LogLevel.Information, "MigrationPortal is at {Addresses}. Sign in as one of: {Personas}.")]
    private static partial void LogPersonas(ILogger logger, string addresses, string personas);

    [LoggerMessage(LogLevel.Information, "MigrationPortal is at {Addresses}.")]
    private static partial void LogReady(ILogger logger, string addresses);
}
