using Microsoft.Extensions.Localization;
using MigrationPortal.Audit;

namespace MigrationPortal.PoolPairs;

/// <summary>Changed options of a pool pair, by the names of their form: "Topics: is dropped → is appended to the description".</summary>
internal sealed class OptionsInAudit(IStringLocalizer<PlanOptionTexts> texts) : IAuditValues
{
    public bool IsOf(string action) => action == SetPairOptionsHandler.Action;

    public string? Name(string detail) => IsOption(detail) ? PlanOptionNames.Title(texts, detail) : null;

    public string? Value(string detail, string value) => IsOption(detail) && value.Split(" → ") is [var old, var now]
        ? $"{PlanOptionNames.Value(texts, detail, old)} → {PlanOptionNames.Value(texts, detail, now)}"
        : null;

    // One of a later version has no title here.
    private bool IsOption(string detail) => !texts[$"Title.{detail}"].ResourceNotFound;
}
