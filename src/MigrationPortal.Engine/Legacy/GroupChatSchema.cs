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
        ["tblNode.nodeDesc"] = "Absent.nodeDesc",
        ["tblNode.invite"] = "Absent.invite",
        ["tblNode.logged"] = "Absent.logged",
        ["tblNode.filePost"] = "Absent.filePost",
        ["tblNode.disabled"] = "Absent.disabled",
        ["tblNode.behavior"] = "Absent.behavior",
        ["tblNode.visibility"] = "Absent.visibility",
        ["tblPrincipal.prinName"] = "Absent.prinName",
        ["tblPrincipal.prinDisabled"] = "Absent.prinDisabled",
        ["tblPrincipalType"] = "Absent.tblPrincipalType",
        ["tblEnumAttribute"] = "Absent.tblEnum",
        ["tblEnumValue"] = "Absent.tblEnum",
        ["tblSiopWhiteList"] = "Absent.tblSiopWhiteList",
        ["tblNode.topic"] = "Absent.topic",
        ["tblNode.inheritance"] = "Absent.inheritance",
        ["tblNode.overrideMember"] = "Absent.overrideMember",
        ["tblNode.restrictChildCreate"] = "Absent.restrictChildCreate",
        ["tblNode.scopeDefinerId"] = "Absent.scopeDefinerId",
        ["tblNode.roleDefinerId"] = "Absent.roleDefinerId",
        ["tblNode.siopID"] = "Absent.siopID",
        ["tblPrincipalRole.honorsScope"] = "Absent.honors",
        ["tblPrincipalRole.honorsOverride"] = "Absent.honors",
        ["tblRoleType.honorsScope"] = "Absent.roleHonorsScope",
        ["tblPrincipal.prinADPath"] = "Absent.prinADPath",
        ["tblPrincipalAffiliations"] = "Absent.tblPrincipalAffiliations",
    };
}
