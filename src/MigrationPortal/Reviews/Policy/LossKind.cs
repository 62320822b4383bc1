namespace MigrationPortal.Reviews.Policy;

/// <summary>Why an approval no longer counts. Each is lost once, by one event.</summary>
internal enum LossKind
{
    /// <summary>By whoever gave it.</summary>
    Withdrawn,
    Expired,
    /// <summary>The role, or its reach over every room, is gone.</summary>
    RightLost,
    /// <summary>Whoever gave it has taken part in the work since.</summary>
    OwnWork,
    /// <summary>The batch was edited.</summary>
    Edited,
    /// <summary>The source changed, and with it the plan.</summary>
    PlanChanged,
    /// <summary>What an undo would delete is no longer what its list says.</summary>
    ListChanged,
    SentBack,
    /// <summary>By the author or who submitted.</summary>
    Recalled,
    /// <summary>A newer request took the place of this one.</summary>
    Replaced,
    /// <summary>What was asked for is gone again: a run went without it.</summary>
    NoLongerNeeded,
}
