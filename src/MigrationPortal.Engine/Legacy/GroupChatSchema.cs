using static MigrationPortal.Engine.DocumentedTable;

namespace MigrationPortal.Engine.Legacy;

/// <summary>
/// The tables of Group Chat. Only Lync 2010's are documented; OCS 2007 R2 is the same family and is read by probe: what the meaning of
/// a room, person or message hangs on must be there, and the absence of anything else has a stated meaning.
/// </summary>
internal static class GroupChatSchema
{
    // Of the tables that Lync 2010 documents as needed, all that OCS 2007 R2 is asked for.
    private static readonly Dictionary<string, string> _core = new(StringComparer.OrdinalIgnoreCase)
    {
        ["tblNode"] = "nodeID nodeGuid parentID nodeType nodeName",
        ["tblPrincipal"] = "prinID prinGuid prinUri prinTypeID",
        ["tblPrincipalRole"] = "prinRoleNodeID prinRolePrinID prinRoleTypeID",
        ["tblRoleType"] = "rtypeID rtypeDesc",
        ["tblScopePrincipal"] = "scopeNodeID scopePrinID",
        ["tblChat"] = "channelID chatID chatDate userId isAlert content",
        ["tblLastChatId"] = "nodeID lastChatID",
    };

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

    public static IReadOnlyList<DocumentedTable> TablesOf(ChatProduct product) => product == ChatProduct.OcsGroupChat2007R2
        ? [.. Tables.Select(table => _core.GetValueOrDefault(table.Name)?.Split(' ') is { } core
            ? table with { Required = core, Optional = [.. table.Required.Except(core), .. table.Optional] }
            : table with { IsRequired = false, Required = [], Optional = [.. table.Required, .. table.Optional] })]
        : Tables;

    /// <summary>What follows when a documented table or column is not there.</summary>
    public static readonly IReadOnlyDictionary<string, string> Absence = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["tblNode.nodeDesc"] = "Rooms are read without a description.",
        ["tblNode.invite"] = "Invitations are taken to be off everywhere.",
        ["tblNode.logged"] = "History is taken to be on everywhere.",
        ["tblNode.filePost"] = "Uploads are taken to be allowed everywhere.",
        ["tblNode.disabled"] = "No room is taken to be disabled.",
        ["tblNode.behavior"] = "Every room is taken to be a normal one, none an auditorium.",
        ["tblNode.visibility"] = "Every room is taken to be scoped, none private.",
        ["tblPrincipal.prinName"] = "People are named by their address.",
        ["tblPrincipal.prinDisabled"] = "Nobody is taken to be disabled.",
        ["tblPrincipalType"] = "The documented numbers of principal types hold.",
        ["tblEnumAttribute"] = "The documented numbers of visibility and behavior hold.",
        ["tblEnumValue"] = "The documented numbers of visibility and behavior hold.",
        ["tblSiopWhiteList"] = "No add-ins are known; rooms that name one are blocked.",
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
