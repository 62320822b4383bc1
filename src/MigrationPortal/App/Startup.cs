using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs;
using MigrationPortal.PoolPairs.Keeping;
using MigrationPortal.SignIn.KeyRing;
using MigrationPortal.Start;
using MigrationPortal.Telemetry;

namespace MigrationPortal.App;

/// <summary>The way up: first the whole configuration is judged, then the database opened, then the pool pairs made known.</summary>
internal static class Startup
{
    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal)
    {
        ["--data"] = DataOptions.DirectoryKey,
        ["--samples"] = "Samples:Load",
        ["--messages"] = "Samples:Messages",
    };

    // The lowest layer: appsettings.json, the environment and the command line all win over it.
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.Ordinal)
    {
        ["urls"] = "http://localhost:5080",
        ["Logging:Console:FormatterName"] = LineFormatter.Name,
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        ["Logging:LogLevel:Quartz"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
        // Each visit without a session would be a line.
        ["Logging:LogLevel:MigrationPortal.SignIn.Sessions.SessionHandler"] = "Warning",
        ["Logging:LogLevel:MigrationPortal.SignIn.Tokens.BearerHandler"] = "Warning",
        // SignInLog says once, without codes and stacks, why a sign-in was refused.
        ["Logging:LogLevel:Microsoft.IdentityModel"] = "Critical",
        ["Logging:LogLevel:Microsoft.Identity.Web"] = "Critical",
        ["Logging:LogLevel:Microsoft.AspNetCore.Authentication.OpenIdConnect"] = "Critical",
        // SealKeyRing says it once, with the remedy, instead of once for each key.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager"] = "Error",
        // Whoever asks is told; a log line per question says nothing more.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
    };

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        _ = PortalDatabase.WarmUpAsync();
        // Published, the static files stand beside the assembly, from whatever folder somebody starts it.
        var isPublished = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(Startup).Assembly.GetName().Name,
            ContentRootPath = isPublished ? AppContext.BaseDirectory : null,
        });
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.Configuration.AddCommandLine(args, Switches);
        // The static files come from the build's manifest, which only Development reads by itself.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Logging.AddConsoleFormatter<LineFormatter, Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions>();
        return builder;
    }

    public static async Task PrepareAsync(this WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            FreePorts.Demand(app.Configuration);
            await app.Services.GetRequiredService<PortalDatabase>().OpenAsync();
            await app.Services.GetRequiredService<SealKeyRing>().HandleAsync(default);
            await app.Services.GetRequiredService<RegisterPoolPairs>().RegisterConfiguredAsync(default);
            await app.Services.GetRequiredService<KeptPairs>().ApplyAsync(default);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <returns>The exit code: 1 and plain sentences when the portal cannot start.</returns>
    public static async Task<int> RunAsync(Func<Task<WebApplication>> build)
    {
        try
        {
            await using var app = await build();
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (SentencesOf(exception) is { Count: > 0 } sentences)
        {
            foreach (var sentence in sentences)
                await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    internal static IReadOnlyList<string> SentencesOf(Exception exception) => exception switch
    {
        StartupRefusedException refused => refused.Sentences,
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException several => [.. several.InnerExceptions.SelectMany(SentencesOf).Distinct(StringComparer.Ordinal)],
        // The binder: "Failed to convert configuration value 'x' at 'SignIn:IdleTimeout' to type 'System.TimeSpan'."
        InvalidOperationException unread when unread.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) => [unread.Message],
        // Kestrel: "Failed to bind to address http://127.0.0.1:5080: address already in use."
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } taken =>
            [$"{taken.Message} Stop what listens there, or choose another address with --urls."],
        _ => [],
    };
}
