using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace MigrationPortal.SignIn.Hardening;

/// <summary>What holds for every request, whoever makes it.</summary>
internal static class HardeningSetup
{
    // The largest request we know names 33 077 rooms.
    private const long LargestBody = 2 * 1024 * 1024;

    // Kerberos tickets of people in very many groups are 64 KB, a third more as text.
    private const int LargestHeaders = 128 * 1024;

    private const int LongestFormValue = 16 * 1024;

    public static IServiceCollection AddHardening(this IServiceCollection services)
    {
        services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProxyOptions>, ValidateProxyOptions>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>, IConfiguration>(Believe);
        services.Configure<KestrelServerOptions>(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = LargestBody;
            o.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
        });
        services.Configure<FormOptions>(o => o.ValueLengthLimit = LongestFormValue);
        services.AddOptions<AntiforgeryOptions>().Configure<IHostEnvironment>((o, environment) =>
        {
            var isPlain = environment.IsDevelopment();
            o.Cookie.Name = isPlain ? "portal-forms" : "__Host-portal-forms";
            o.Cookie.SecurePolicy = isPlain ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            o.Cookie.Path = "/";
        });
        services.AddHsts(o => o.MaxAge = TimeSpan.FromDays(365));
        services.AddRateLimiter(SignInLimits.Configure);
        return services.AddSingleton<TokenGuesses>().AddSingleton<RefusedAnswers>();
    }

    /// <summary>First of all: whoever comes after must know where the request is from.</summary>
    public static WebApplication UseHardening(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.IsAny)
            app.UseForwardedHeaders();
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
        app.Use(SameOrigin.CheckAsync);
        return app;
    }

    private static void Believe(ForwardedHeadersOptions options, IOptions<ProxyOptions> proxies, IConfiguration configuration)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var address in proxies.Value.Addresses)
            options.KnownProxies.Add(IPAddress.Parse(address));
        foreach (var network in proxies.Value.Networks)
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // A name from outside goes into links and into the provider's answer address: only ones that are ours.
        options.AllowedHosts = [.. ProxyOptions.HostsOf(configuration)];
        if (options.AllowedHosts.Count > 0)
            options.ForwardedHeaders |= ForwardedHeaders.XForwardedHost;
    }
}
