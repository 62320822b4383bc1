using Microsoft.Extensions.Options;
using MigrationPortal.PoolPairs;
using MigrationPortal.Samples.World;

namespace MigrationPortal.Samples;

internal sealed class SamplesOptions
{
    public const string Section = "Samples";

    /// <summary>Null: <c>typical</c> in Development when no pool pair is configured and <c>Administration:EditPoolPairs</c> is off, else none.</summary>
    public string? Load { get; set; }

    /// <summary>Messages of the sample <c>large</c>, over all its rooms.</summary>
    public long Messages { get; set; } = 330_770;
}

internal sealed class SamplesByDefault(IHostEnvironment environment, IOptions<PoolPairsSettings> pairs, IOptions<AdministrationOptions> administration) : IPostConfigureOptions<SamplesOptions>
{
    public void PostConfigure(string? name, SamplesOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Load))
            options.Load = environment.IsDevelopment() && pairs.Value.Pairs.Count == 0 && !administration.Value.EditPoolPairs ? "typical" : "none";
    }
}

internal sealed class ValidateSamplesOptions : IValidateOptions<SamplesOptions>
{
    public ValidateOptionsResult Validate(string? name, SamplesOptions options) =>
        options.Messages is < 0 or > 1_000_000_000
            ? ValidateOptionsResult.Fail($"{SamplesOptions.Section}:Messages is {options.Messages}: write 0 to 1000000000.")
            : options.Load == "none" || SamplesWorld.Names.Contains(options.Load!)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{SamplesOptions.Section}:Load is '{options.Load}': write {string.Join(", ", SamplesWorld.Names)} or none.");
}
