using System.Globalization;
using Microsoft.Extensions.Options;
using MigrationPortal.Runs.Limiting;

namespace MigrationPortal.Runs;

internal sealed class RunsOptions
{
    public const string Section = "Runs";

    /// <summary>Rooms copied at a time; 0 takes the number of cores, at most 4.</summary>
    public int ParallelTransfers { get; set; }

    /// <summary>Over all rooms of a run; null is as fast as it goes.</summary>
    public int? MessagesPerSecond { get; set; }

    /// <summary>How long a run waits for a database that is away, without any progress, before it fails and waits for a person.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromMinutes(30);

    public int Transfers => ParallelTransfers > 0 ? ParallelTransfers : Math.Min(4, Environment.ProcessorCount);
}

internal sealed class ValidateRunsOptions : IValidateOptions<RunsOptions>
{
    public ValidateOptionsResult Validate(string? name, RunsOptions options)
    {
        List<string> mistakes = [];
        if (options.ParallelTransfers is < 0 or > 32)
            mistakes.Add("Runs:ParallelTransfers must be between 1 and 32, or 0 for the number of cores.");
        if (options.MessagesPerSecond is < 1 or > RunLimits.FastestRate)
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"Runs:MessagesPerSecond must be between 1 and {RunLimits.FastestRate}, or absent for no limit."));
        if (options.GiveUpAfter < TimeSpan.Zero)
            mistakes.Add("Runs:GiveUpAfter must not be negative.");
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
