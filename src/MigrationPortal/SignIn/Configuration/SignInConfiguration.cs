using Microsoft.Extensions.Options;

namespace MigrationPortal.SignIn.Configuration;

/// <summary>Everything about signing in that the configuration says, judged at start; all mistakes at once.</summary>
internal static class SignInConfiguration
{
    public static IServiceCollection AddSignInConfiguration(this IServiceCollection services)
    {
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateOnStart();
        services.AddOptions<AzureAdOptions>().BindConfiguration(AzureAdOptions.Section).ValidateOnStart();
        services.AddOptions<ActiveDirectoryOptions>().BindConfiguration(ActiveDirectoryOptions.Section).ValidateOnStart();
        services.AddOptions<RolesOptions>().BindConfiguration(RolesOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<ConfiguredMethods>()
            .AddSingleton<IPostConfigureOptions<SignInOptions>, DevelopmentByDefault>()
            .AddSingleton<IValidateOptions<SignInOptions>, ValidateSignInOptions>()
            .AddSingleton<IValidateOptions<AzureAdOptions>, ValidateAzureAdOptions>()
            .AddSingleton<IValidateOptions<ActiveDirectoryOptions>, ValidateActiveDirectoryOptions>()
            .AddSingleton<IValidateOptions<RolesOptions>, ValidateRolesOptions>();
    }

    /// <summary>Without a word in the configuration, the Development environment offers the personas; every other refuses to start.</summary>
    private sealed class DevelopmentByDefault(IHostEnvironment environment) : IPostConfigureOptions<SignInOptions>
    {
        public void PostConfigure(string? name, SignInOptions options)
        {
            if (options.Methods.Count == 0 && environment.IsDevelopment())
                options.Methods.Add(nameof(SignInMethod.Development));
        }
    }
}
