-- The content database (mgc) of Lync Server 2013 Persistent Chat, on PostgreSQL: documented tables, columns and keys. As after
-- setup: lookup rows, the root node and the system user, nothing else. The numbers of tblRoleType differ from Group Chat's on
-- purpose: neither product documents them, so nothing may rely on them.
CREATE TABLE tblPrincipalType (
    ptypeID smallint PRIMARY KEY,
    ptypeDesc varchar(256) NOT NULL,
    ptypeIsSystemUser boolean NOT NULL,
    ptypeIsUser boolean NOT NULL
);
INSERT INTO tblPrincipalType VALUES
    (1, 'Any', false, false), (2, 'AnyUser', false, true), (3, 'AnyGroup', false, false), (4, 'SystemUser', true, false),
    (5, 'User', false, true), (8, 'DC', false, false), (9, 'Group', false, false), (10, 'Folder', false, false);

CREATE TABLE tblPrincipal (
    prinID int PRIMARY KEY,
    prinGuid uuid NOT NULL UNIQUE,
    prinUri varchar(256) NOT NULL,
    prinName varchar(256),
    prinDisplayName varchar(256),
    prinCompanyName varchar(256),
    prinEmail varchar(256),
    prinADPath varchar(384),
    prinADUserPrincipalName varchar(256),
    prinDisabled smallint NOT NULL,
    prinTypeID smallint NOT NULL REFERENCES tblPrincipalType,
    prinPoolID int,
    prinPolicyID int,
    prinAddedBy int,
    prinAddedOn bigint NOT NULL,
    prinUpdatedBy int,
    prinUpdatedOn bigint NOT NULL,
    prinVerifiedOn timestamp NOT NULL
);
INSERT INTO tblPrincipal VALUES (1, '6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b01', 'ma-grp:system', 'System', NULL, NULL, NULL, NULL, NULL,
    0, 4, NULL, NULL, 1, 634925088000000000, 1, 634925088000000000, '2013-01-01');

CREATE TABLE tblPrincipalAffiliations (
    principalID int NOT NULL REFERENCES tblPrincipal,
    affiliationID int NOT NULL REFERENCES tblPrincipal,
    "index" int NOT NULL,
    updatedBy int NOT NULL,
    PRIMARY KEY (principalID, "index", affiliationID)
);

CREATE TABLE tblEnumAttribute (attributeID smallint PRIMARY KEY, attributeName varchar(256) NOT NULL);
INSERT INTO tblEnumAttribute VALUES (1, 'Visibility'), (2, 'Behavior');

CREATE TABLE tblEnumValue (
    valueID smallint PRIMARY KEY,
    attributeID smallint NOT NULL REFERENCES tblEnumAttribute,
    attributeValue varchar(256) NOT NULL
);
INSERT INTO tblEnumValue VALUES (2, 1, 'private'), (3, 1, 'scope'), (4, 2, 'normal'), (5, 2, 'auditorium'), (6, 1, 'open');

CREATE TABLE tblSiopWhiteList (siopID uuid PRIMARY KEY, siopName varchar(50) NOT NULL, siopUrl varchar(255) NOT NULL);

CREATE TABLE tblNode (
    nodeID int PRIMARY KEY,
    nodeGuid uuid NOT NULL UNIQUE,
    parentID int REFERENCES tblNode,
    nodeType boolean NOT NULL,
    nodeName varchar(256) NOT NULL,
    nodeDesc varchar(256) NOT NULL,
    invite boolean,
    logged boolean,
    filePost boolean,
    disabled boolean NOT NULL,
    behavior smallint NOT NULL REFERENCES tblEnumValue,
    visibility smallint NOT NULL REFERENCES tblEnumValue,
    siopID uuid REFERENCES tblSiopWhiteList,
    nodeAddedBy int NOT NULL,
    nodeAddedOn bigint NOT NULL,
    nodeUpdatedBy int NOT NULL,
    nodeUpdatedOn bigint NOT NULL,
    purgedOn timestamp
);
INSERT INTO tblNode VALUES (1, '6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b02', 1, true, 'root', '', true, true, true, false, 4, 3, NULL,
    1, 634925088000000000, 1, 634925088000000000, NULL);

CREATE TABLE tblRoleType (rtypeID int PRIMARY KEY, rtypeDesc varchar(256) NOT NULL, rtypeAllowedPermSet bigint NOT NULL);
INSERT INTO tblRoleType VALUES (1, 'Creator', 16), (2, 'Voiced', 4096), (3, 'Manager', 11668), (4, 'Member', 3456);

CREATE TABLE tblScopePrincipal (
    scopeNodeID int NOT NULL REFERENCES tblNode,
    scopePrinID int NOT NULL REFERENCES tblPrincipal,
    scopeIsDenied boolean NOT NULL,
    scopeUpdatedBy int NOT NULL,
    PRIMARY KEY (scopeNodeID, scopePrinID)
);

CREATE TABLE tblPrincipalRole (
    prinRoleNodeID int NOT NULL REFERENCES tblNode,
    prinRolePrinID int NOT NULL REFERENCES tblPrincipal,
    prinRoleTypeID int NOT NULL REFERENCES tblRoleType,
    prinRoleUpdatedBy int NOT NULL,
    PRIMARY KEY (prinRoleNodeID, prinRolePrinID, prinRoleTypeID)
);

CREATE TABLE tblChat (
    channelId int NOT NULL,
    chatId bigint NOT NULL,
    chatDate bigint NOT NULL,
    userId int NOT NULL,
    isAlert boolean NOT NULL,
    content text NOT NULL,
    rtf text,
    PRIMARY KEY (channelId, chatId)
);

CREATE TABLE tblLastChatId (nodeID int NOT NULL REFERENCES tblNode, lastChatID bigint NOT NULL, PRIMARY KEY (nodeID, lastChatID));

CREATE TABLE tblPrincipalInvites (
    prinID int NOT NULL REFERENCES tblPrincipal,
    invID int NOT NULL,
    nodeID int NOT NULL REFERENCES tblNode,
    createdOn timestamp NOT NULL,
    PRIMARY KEY (prinID, nodeID)
);
CREATE TABLE tblLastInviteId (prinID int PRIMARY KEY REFERENCES tblPrincipal, lastInviteID int NOT NULL);

CREATE TABLE tblPreference (
    prefLabel varchar(255) NOT NULL,
    prefSeqID int NOT NULL,
    prefContent text,
    lastModifiedBy int NOT NULL,
    PRIMARY KEY (prefLabel, prefSeqID)
);

CREATE TABLE tblFileToken (
    fileToken varchar(50) PRIMARY KEY,
    fileTokenUserID int NOT NULL,
    fileTokenChannelID uuid NOT NULL REFERENCES tblNode (nodeGuid),
    fileTokenExpireDate timestamp NOT NULL,
    fileTokenComplianceFileUrl varchar(256),
    fileTokenComplianceThumbnailUrl varchar(256),
    fileTokenComplianceTime timestamp,
    fileTokenComplianceIsUpload boolean,
    fileTokenCompliancePinned boolean NOT NULL
);

CREATE TABLE tblADCookie (
    prinGuid uuid PRIMARY KEY REFERENCES tblPrincipal (prinGuid), prinDCHost varchar(255), adcContent bytea, lastUpdated timestamp, lockedUntil timestamp);
CREATE TABLE tblPrincipalMemberDifference (
    prinGuid uuid NOT NULL, memberADPath varchar(256) NOT NULL, memberRemoved boolean NOT NULL, PRIMARY KEY (prinGuid, memberADPath));
CREATE TABLE tblADUpdates (
    prinGuid uuid NOT NULL, prinADPath varchar(384) NOT NULL, prinAttributesChanged boolean NOT NULL, prinMembersChanged boolean NOT NULL,
    prinAffiliationsChanged boolean NOT NULL, prinDeleted boolean NOT NULL, lastUpdated timestamp NOT NULL);
CREATE TABLE tblPrincipalMembers (
    prinID int NOT NULL REFERENCES tblPrincipal, memberADPath varchar(384) NOT NULL, PRIMARY KEY (prinID, memberADPath));
CREATE TABLE tblPrincipalMeta (
    prinID int PRIMARY KEY REFERENCES tblPrincipal, prinAffiliationsDirty boolean NOT NULL, prinAttributesDirty boolean NOT NULL,
    prinDeleted boolean NOT NULL, tryCount int, lastTry timestamp, nextTry timestamp);
CREATE TABLE tblSkippedAffiliations (
    prinID int NOT NULL REFERENCES tblPrincipal, affDescription varchar(256) NOT NULL, updatedBy int NOT NULL, PRIMARY KEY (prinID, affDescription));

CREATE TABLE tblServerIdentity (serverID int PRIMARY KEY, serverAddress varchar(256) NOT NULL, serverLastPingTime timestamp);
CREATE TABLE tblActivePeers (
    aplServerID int NOT NULL REFERENCES tblServerIdentity, aplPeerID int NOT NULL REFERENCES tblServerIdentity, PRIMARY KEY (aplServerID, aplPeerID));
CREATE TABLE tblAdminLock (lockExpiresTime timestamp NOT NULL, lockServerID int NOT NULL, lockActorID int NOT NULL);
CREATE TABLE tblSystemRevision (sysRevision bigint NOT NULL);
INSERT INTO tblSystemRevision VALUES (1);
CREATE TABLE tblConfig (configLabel varchar(255) PRIMARY KEY, configContent text, configPoolID uuid NOT NULL);
INSERT INTO tblConfig VALUES ('pool', NULL, '6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b03');
