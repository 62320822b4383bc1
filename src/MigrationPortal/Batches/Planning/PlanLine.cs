using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Batches.Planning;

/// <summary>A line of the plan before it has a place in it.</summary>
internal sealed record PlanLine
{
    public string Kind { get; init; } = "";
    public string Action { get; init; } = "";
    public string Code { get; init; } = "";
    public string Subject { get; init; } = "";
    public Guid? Room { get; init; }
    public string? Property { get; init; }
    public string? Old { get; init; }
    public string? New { get; init; }
    public string? Source { get; init; }

    public static PlanLine Of(string kind, string subject, Decision decision) => new()
    {
        Kind = kind,
        Action = decision.New is null ? PlanItemActions.Drop : PlanItemActions.Change,
        Code = decision.Code,
        Subject = subject,
        Property = decision.Property,
        Old = decision.Old,
        New = decision.New,
        Source = decision.Source,
    };
}
