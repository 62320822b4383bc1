using Microsoft.Extensions.Localization;

namespace MigrationPortal.Jobs;

/// <summary>Names the resources of the page about jobs.</summary>
internal sealed class JobTexts;

/// <summary>Work as people read it; the names of its classes are shown to nobody.</summary>
internal static class JobNames
{
    public static string Of(IStringLocalizer<JobTexts> texts, string kind) => texts[$"Job.{kind}"] is { ResourceNotFound: false } name ? name.Value : texts["Job.Other"].Value;
}
