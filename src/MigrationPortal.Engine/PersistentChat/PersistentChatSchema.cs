using static MigrationPortal.Engine.DocumentedTable;

namespace MigrationPortal.Engine.PersistentChat;

/// <summary>The content tables of Persistent Chat (Lync Server 2013 and Skype for Business Server 2015 print the same).</summary>
internal static class PersistentChatSchema
{
    public static readonly IReadOnlyList<DocumentedTable> Tables =
    [
        Needed("tblNode", "nodeID nodeGuid parentID nodeType nodeName nodeDesc invite logged filePost disabled behavior visibility siopID nodeAddedBy nodeAddedOn nodeUpdatedBy nodeUpdatedOn purgedOn"),
        Needed("tblPrincipal", "prinID prinGuid prinUri prinName prinDisplayName prinCompanyName prinEmail prinADPath prinADUserPrincipalName prinDisabled prinTypeID prinPoolID prinPolicyID prinAddedBy prinAddedOn prinUpdatedBy prinUpdatedOn prinVerifiedOn"),
        Needed("tblPrincipalType", "ptypeID ptypeDesc", "ptypeIsSystemUser ptypeIsUser"),
        Needed("tblPrincipalRole", "prinRoleNodeID prinRolePrinID prinRoleTypeID prinRoleUpdatedBy"),
        Needed("tblRoleType", "rtypeID rtypeDesc", "rtypeAllowedPermSet"),
        Needed("tblScopePrincipal", "scopeNodeID scopePrinID scopeIsDenied scopeUpdatedBy"),
        Needed("tblSiopWhiteList", "siopID siopName siopUrl"),
        Needed("tblEnumAttribute", "attributeID attributeName"),
        Needed("tblEnumValue", "valueID attributeID attributeValue"),
        Needed("tblChat", "channelId chatId chatDate userId isAlert content", "rtf"),
        Needed("tblLastChatId", "nodeID lastChatID"),
        Extra("tblPrincipalAffiliations", "principalID affiliationID index updatedBy"),
        Extra("tblPrincipalMeta", "prinID prinAffiliationsDirty prinAttributesDirty prinDeleted tryCount lastTry nextTry"),
        Extra("tblAdminLock", "lockExpiresTime"),
        Extra("tblPrincipalInvites", "nodeID"),
        .. "tblLastInviteId tblPreference tblFileToken tblADCookie tblPrincipalMemberDifference tblADUpdates tblPrincipalMembers tblSkippedAffiliations tblServerIdentity tblActivePeers tblSystemRevision tblConfig tblComplianceData tblComplianceFanout tblComplianceParticipant tblComplianceState"
            .Split(' ').Select(Extra),
    ];

    /// <summary>The only tables that a migration ever writes.</summary>
    public static readonly IReadOnlySet<string> Written = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "tblNode", "tblPrincipal", "tblPrincipalAffiliations", "tblPrincipalMeta", "tblPrincipalRole", "tblScopePrincipal", "tblScopedPrincipal",
        "tblSiopWhiteList", "tblChat", "tblLastChatId",
    };

    /// <summary>Characters of the text columns that a migration writes.</summary>
    public static readonly IReadOnlyList<ColumnWidth> Widths =
    [
        .. new[] { "nodeName", "nodeDesc" }.Select(x => new ColumnWidth("tblNode", x, 256)),
        .. new[] { "prinUri", "prinName", "prinDisplayName", "prinCompanyName", "prinEmail", "prinADUserPrincipalName" }.Select(x => new ColumnWidth("tblPrincipal", x, 256)),
        new("tblPrincipal", "prinADPath", 384), new("tblSiopWhiteList", "siopName", 50), new("tblSiopWhiteList", "siopUrl", 255),
    ];

    public static readonly IReadOnlyDictionary<string, string> Absence = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["tblPrincipalAffiliations"] = "Absent.newAffiliations",
        ["tblPrincipalMeta"] = "Absent.tblPrincipalMeta",
        ["tblAdminLock"] = "Absent.tblAdminLock",
        ["tblChat.rtf"] = "Absent.rtf",
    };
}
