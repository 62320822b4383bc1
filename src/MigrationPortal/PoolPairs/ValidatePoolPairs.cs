using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Start;

namespace MigrationPortal.PoolPairs;

/// <summary>Everything that is wrong with the configured pool pairs, at once; each sentence begins with its key.</summary>
internal sealed class ValidatePoolPairs(IConfiguration configuration) : IValidateOptions<PoolPairsSettings>
{
    public ValidateOptionsResult Validate(string? name, PoolPairsSettings options)
    {
        List<string> mistakes =
        [
            .. UnknownKeys.In<PoolPairSettings>(configuration.GetSection(PoolPairsSettings.Section)),
            .. PoolPairRules.Check(options.Named, configuration[DataOptions.ConnectionStringKey]).Select(x => x.ToString()),
        ];
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
