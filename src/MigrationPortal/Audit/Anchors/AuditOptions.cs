using Microsoft.Extensions.Options;
using MigrationPortal.Start;

namespace MigrationPortal.Audit.Anchors;

internal sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>A file elsewhere that only grows, to which the head of the chain is written every hour. Without one, whoever rewrites the whole chain is not found out.</summary>
    public string? AnchorPath { get; set; }
}

internal sealed class ValidateAuditOptions(IConfiguration configuration) : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        var failures = UnknownKeys.Of<AuditOptions>(configuration.GetSection(AuditOptions.Section)).ToList();
        if (options.AnchorPath is { } path && !Path.IsPathFullyQualified(path))
            failures.Add($"{AuditOptions.Section}:{nameof(AuditOptions.AnchorPath)} is not a full path: write where the file is, for example /mnt/audit/portal-anchors.jsonl.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
