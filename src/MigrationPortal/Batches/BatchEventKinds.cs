using System.Globalization;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches;

/// <summary>What happens to a batch before it runs; past tense, as in the timeline.</summary>
internal static class BatchEventKinds
{
    public const string Created = "Created";
    public const string Renamed = "Renamed";
    public const string RoomsAdded = "RoomsAdded";
    public const string RoomsRemoved = "RoomsRemoved";
    public const string OptionsChanged = "OptionsChanged";
    /// <summary>Of the pool pair, which a batch without options of its own follows.</summary>
    public const string PairOptionsChanged = "PairOptionsChanged";
    public const string RoomRenamed = "RoomRenamed";
    public const string CategoryRenamed = "CategoryRenamed";
    public const string FindingsAcknowledged = "FindingsAcknowledged";
    public const string Submitted = "Submitted";
    public const string Approved = "Approved";
    public const string SentBack = "SentBack";
    public const string ApprovalsVoided = "ApprovalsVoided";
    public const string PlanChanged = "PlanChanged";
    public const string Deleted = "Deleted";
    /// <summary>One of several approvals that are needed.</summary>
    public const string ApprovalGiven = "ApprovalGiven";
    /// <summary>By the owner of a category, for that part alone.</summary>
    public const string PartApproved = "PartApproved";
    public const string ApprovalLost = "ApprovalLost";
    /// <summary>What was approved is so no longer: approvals are missing again.</summary>
    public const string ReviewReopened = "ReviewReopened";
    public const string Recalled = "Recalled";
    public const string PolicyApplied = "PolicyApplied";

    /// <summary>Whoever caused one of these wrote part of the plan and may not approve it. The name of the batch is no part of its plan.</summary>
    public static readonly string[] Edits = [Created, RoomsAdded, RoomsRemoved, OptionsChanged, PairOptionsChanged, RoomRenamed, CategoryRenamed];

    /// <summary>Why a plan changed, where somebody changed the options that its batch follows.</summary>
    public static readonly Wording ByPairOptions = new("Detail.PairOptionsChanged");

    /// <summary>"anna approved the batch".</summary>
    public static Wording Sentence(string kind, string by) =>
        WordingResources.Find($"Event.{kind}", CultureInfo.InvariantCulture) is null ? new("Event.Other", by, kind) : new($"Event.{kind}", by);
}
