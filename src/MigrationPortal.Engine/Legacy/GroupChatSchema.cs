using MigrationPortal.Engine.Reading;
using static MigrationPortal.Engine.Reading.DocumentedTable;

namespace MigrationPortal.Engine.Legacy;

/// <summary>
/// The tables of Group Chat. Only Lync 2010's are documented; OCS 2007 R2 is the same family, so every column that may be younger
/// than it is optional and its absence has a stated meaning.
/// </summary>
internal static class GroupChatSchema
{
    public static readonly IReadOnlyList<DocumentedTable> Tables =
    [
        Needed("tblNode", "nodeID nodeGuid parentID nodeType nodeName nodeDesc invite logged filePost disabled behavior visibility",
            "topic filestoreURI inheritance scopeChange overrideMember restrictChildCreate scopeDefinerId roleDefinerId siopID nodeAddedBy nodeAddedOn nodeUpdatedBy nodeUpdatedOn"),
        Needed("tblPrincipal", "prinID prinGuid prinUri prinName prinDisabled prinTypeID",
            "prinCompanyName prinEmail prinADPath prinADUserPrincipalName prinAllowedPermSet prinUseInheritedPerms prinAddedBy prinAddedOn prinUpdatedBy prinUpdatedOn prinVerifiedOn"),
        Needed("tblPrincipalType", "ptypeID ptypeDesc", "ptypeIsSystemUser ptypeIsUser ptypeIsFederated"),
        Needed("tblPrincipalRole", "prinRoleNodeID prinRolePrinID prinRoleTypeID", "prinRoleUpdatedBy honorsOverride honorsScope"),
        Needed("tblRoleType", "rtypeID rtypeDesc", "rtypeAllowedPermSet honorsOverride honorsScope"),
        Needed("tblScopePrincipal", "scopeNodeID scopePrinID", "scopeUpdatedBy"),
        Needed("tblSiopWhiteList", "siopID siopName siopUrl"),
        Needed("tblEnumAttribute", "attributeID attributeName"),
        Needed("tblEnumValue", "valueID attributeID attributeValue"),
        Needed("tblChat", "channelID chatID chatDate userId isAlert content"),
        Needed("tblLastChatId", "nodeID lastChatID"),
        Extra("tblPrincipalAffiliations", "principalID affiliationID index"),
        .. "tblTree tblPurgedRoles tblPurgedScoped tblPrincipalInvites tblLastInviteId tblPreference tblFileToken tblADCookie tblPrincipalMemberDifference tblADUpdate tblADUpdates tblPrincipalMembers tblPrincipalMeta tblSkippedAffiliations tblServerIdentity tblActivePeers tblAdminLock tblSystemRevision tblVersion tblConfig tblLogs tblComplianceData tblComplianceFanout tblComplianceParticipant tblComplianceTranslator tblLastComplianceID tblComplianceVersion"
            .Split(' ').Select(Extra),
    ];

    /// <summary>What follows when a documented column is not there.</summary>
    public static readonly IReadOnlyDictionary<string, string> Absence = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["tblNode.topic"] = "Rooms are read without a topic.",
        ["tblNode.inheritance"] = "No category is taken to force its settings on what is below it.",
        ["tblNode.overrideMember"] = "Without roleDefinerId, memberships are taken to start at the root.",
        ["tblNode.restrictChildCreate"] = "Only managers are taken to create rooms.",
        ["tblNode.scopeDefinerId"] = "A scope is taken from the nearest node at or above the room that has one.",
        ["tblNode.roleDefinerId"] = "A membership is taken to start at the nearest node that overrides it.",
        ["tblNode.siopID"] = "Rooms are read without add-ins.",
        ["tblPrincipalRole.honorsScope"] = "The role type's value holds.",
        ["tblPrincipalRole.honorsOverride"] = "The role type's value holds.",
        ["tblRoleType.honorsScope"] = "A member outside the scope counts as one that loses a right.",
        ["tblPrincipal.prinADPath"] = "People and groups cannot be placed in organisational units.",
        ["tblPrincipalAffiliations"] = "Nobody is known to be in a group.",
    };
}
