using Microsoft.Extensions.Options;
using MigrationPortal.Start;

namespace MigrationPortal.PoolPairs;

internal sealed class AdministrationOptions
{
    public const string Section = "Administration";
    public const string EditPoolPairsKey = $"{Section}:{nameof(EditPoolPairs)}";

    /// <summary>Administrators may also add pool pairs in the portal; they are kept in its database, their connection strings sealed by the key ring.</summary>
    public bool EditPoolPairs { get; set; }
}

internal sealed class ValidateAdministrationOptions(IConfiguration configuration) : IValidateOptions<AdministrationOptions>
{
    public ValidateOptionsResult Validate(string? name, AdministrationOptions options) =>
        UnknownKeys.Of<AdministrationOptions>(configuration.GetSection(AdministrationOptions.Section)).ToList() is { Count: > 0 } mistakes
            ? ValidateOptionsResult.Fail(mistakes)
            : ValidateOptionsResult.Success;
}
