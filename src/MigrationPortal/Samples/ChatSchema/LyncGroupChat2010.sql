-- The content database of Lync Server 2010 Group Chat, on PostgreSQL: documented tables, columns and keys. prinGuid carries no
-- unique key here: real databases hold two rows for one person, and the planner has a rule for it.
CREATE TABLE tblPrincipalType (
    ptypeID smallint PRIMARY KEY,
    ptypeDesc varchar(256) NOT NULL,
    ptypeIsSystemUser boolean NOT NULL,
    ptypeIsUser boolean NOT NULL,
    ptypeIsFederated boolean NOT NULL
);
INSERT INTO tblPrincipalType VALUES
    (1, 'Any', false, false, false), (2, 'AnyUser', false, true, false), (3, 'AnyGroup', false, false, false),
    (4, 'SystemUser', true, false, false), (5, 'User', false, true, false), (6, 'ExternalUser', false, true, false),
    (7, 'FederatedUser', false, true, true), (8, 'DC', false, false, false), (9, 'Group', false, false, false),
    (10, 'Folder', false, false, false), (11, 'FederatedGroup', false, false, true);

CREATE TABLE tblPrincipal (
    prinID int PRIMARY KEY,
    prinGuid uuid NOT NULL,
    prinUri varchar(256) NOT NULL,
    prinName varchar(256),
    prinCompanyName varchar(256),
    prinEmail varchar(256),
    prinADPath varchar(256),
    prinADUserPrincipalName varchar(256),
    prinDisabled boolean NOT NULL,
    prinTypeID smallint NOT NULL REFERENCES tblPrincipalType,
    prinAllowedPermSet bigint NOT NULL,
    prinUseInheritedPerms boolean NOT NULL,
    prinAddedBy int,
    prinAddedOn bigint NOT NULL,
    prinUpdatedBy int,
    prinUpdatedOn bigint NOT NULL,
    prinVerifiedOn timestamp NOT NULL
);

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
INSERT INTO tblEnumValue VALUES (2, 1, 'private'), (3, 1, 'scope'), (4, 2, 'normal'), (5, 2, 'auditorium');

CREATE TABLE tblSiopWhiteList (siopID uuid PRIMARY KEY, siopName varchar(50) NOT NULL, siopUrl varchar(255) NOT NULL);

CREATE TABLE tblNode (
    nodeID int PRIMARY KEY,
    nodeGuid uuid NOT NULL UNIQUE,
    parentID int REFERENCES tblNode,
    nodeType boolean NOT NULL,
    nodeName varchar(256) NOT NULL,
    nodeDesc varchar(256) NOT NULL,
    topic varchar(256) NOT NULL,
    filestoreURI varchar(256),
    inheritance boolean NOT NULL,
    scopeChange boolean NOT NULL,
    overrideMember boolean NOT NULL,
    invite boolean,
    logged boolean,
    filePost boolean,
    disabled boolean NOT NULL,
    restrictChildCreate boolean,
    behavior smallint NOT NULL REFERENCES tblEnumValue,
    visibility smallint REFERENCES tblEnumValue,
    scopeDefinerId int NOT NULL,
    roleDefinerId int NOT NULL,
    siopID uuid REFERENCES tblSiopWhiteList,
    nodeAddedBy int NOT NULL,
    nodeAddedOn bigint NOT NULL,
    nodeUpdatedBy int NOT NULL,
    nodeUpdatedOn bigint NOT NULL
);

-- Redundant with tblNode (ancestors, for search); its columns are not documented.
CREATE TABLE tblTree (nodeID int NOT NULL REFERENCES tblNode, ancestorID int NOT NULL REFERENCES tblNode, PRIMARY KEY (nodeID, ancestorID));

CREATE TABLE tblRoleType (
    rtypeID int PRIMARY KEY,
    rtypeDesc varchar(256) NOT NULL,
    rtypeAllowedPermSet bigint NOT NULL,
    honorsOverride boolean NOT NULL,
    honorsScope boolean NOT NULL
);
INSERT INTO tblRoleType VALUES
    (1, 'Member', 3968, true, true), (2, 'Manager', 12180, false, true), (3, 'Voiced', 4096, false, true);

CREATE TABLE tblScopePrincipal (
    scopeNodeID int NOT NULL REFERENCES tblNode,
    scopePrinID int NOT NULL REFERENCES tblPrincipal,
    scopeUpdatedBy int NOT NULL,
    PRIMARY KEY (scopeNodeID, scopePrinID)
);

CREATE TABLE tblPrincipalRole (
    prinRoleNodeID int NOT NULL REFERENCES tblNode,
    prinRolePrinID int NOT NULL REFERENCES tblPrincipal,
    prinRoleTypeID int NOT NULL REFERENCES tblRoleType,
    prinRoleUpdatedBy int NOT NULL,
    honorsOverride boolean,
    honorsScope boolean,
    PRIMARY KEY (prinRoleNodeID, prinRolePrinID, prinRoleTypeID)
);

CREATE TABLE tblPurgedRoles (purgedOn timestamp, nodeId int, prinId int, roleId int);
CREATE TABLE tblPurgedScoped (purgedOn timestamp, nodeId int, prinId int);

CREATE TABLE tblChat (
    channelID int NOT NULL,
    chatID bigint NOT NULL,
    chatDate bigint NOT NULL,
    userId int NOT NULL,
    isAlert boolean NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (channelID, chatID)
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
    fileTokenExpireTime timestamp NOT NULL
);

CREATE TABLE tblADCookie (prinGuid uuid PRIMARY KEY, prinDCHost varchar(255), adcContent bytea, lastUpdated timestamp, lockedUntil timestamp);
CREATE TABLE tblPrincipalMemberDifference (
    prinGuid uuid NOT NULL, memberADPath varchar(256) NOT NULL, memberRemoved boolean NOT NULL, PRIMARY KEY (prinGuid, memberADPath));
CREATE TABLE tblADUpdate (
    prinGuid uuid NOT NULL, prinADPath varchar(256) NOT NULL, prinAttributesChanged boolean NOT NULL, prinMembersChanged boolean NOT NULL,
    prinAffiliationsChanged boolean NOT NULL, prinDeleted boolean NOT NULL, lastUpdated timestamp NOT NULL);
CREATE TABLE tblPrincipalMembers (
    prinID int NOT NULL REFERENCES tblPrincipal, memberADPath varchar(256) NOT NULL, PRIMARY KEY (prinID, memberADPath));
CREATE TABLE tblPrincipalMeta (
    prinID int PRIMARY KEY REFERENCES tblPrincipal, prinAffiliationsDirty boolean NOT NULL, prinAttributesDirty boolean NOT NULL,
    prinDeleted boolean NOT NULL, tryCount int, lastTry timestamp, nextTry timestamp);
CREATE TABLE tblSkippedAffiliations (
    prinID int NOT NULL REFERENCES tblPrincipal, affDescription varchar(256) NOT NULL, updatedBy int NOT NULL, PRIMARY KEY (prinID, affDescription));

CREATE TABLE tblServerIdentity (serverID int PRIMARY KEY, serverAddress varchar(256) NOT NULL, serverLastPingTime timestamp, serverType int NOT NULL);
CREATE TABLE tblActivePeers (
    aplServerID int NOT NULL REFERENCES tblServerIdentity, aplPeerID int NOT NULL REFERENCES tblServerIdentity, PRIMARY KEY (aplServerID, aplPeerID));
CREATE TABLE tblAdminLock (lockExpiresTime timestamp NOT NULL, lockServerID int NOT NULL, lockActorID int NOT NULL);
CREATE TABLE tblSystemRevision (sysRevision bigint NOT NULL);
INSERT INTO tblSystemRevision VALUES (1);
CREATE TABLE tblVersion (versionId int, versionedOn timestamp, description varchar(255), poolId uuid);
CREATE TABLE tblConfig (
    configLabel varchar(255) NOT NULL, configSeqID int NOT NULL, configContent text, lastModifiedBy int NOT NULL, PRIMARY KEY (configLabel, configSeqID));
-- Its columns are not documented.
CREATE TABLE tblLogs (logID int PRIMARY KEY, description varchar(255));

CREATE TABLE tblComplianceData (
    cmplEventID int PRIMARY KEY, entryDate timestamp NOT NULL, cmplType int NOT NULL, cmplTime bigint NOT NULL, cmplChannelUri varchar(255) NOT NULL,
    cmplChatID bigint NOT NULL, cmplUserID int NOT NULL, cmplUserUri varchar(255) NOT NULL, cmplMessage text);
CREATE TABLE tblComplianceFanout (fanoutEventID int REFERENCES tblComplianceData, fanoutServerID int);
CREATE TABLE tblComplianceParticipant (
    channelUri varchar(255) NOT NULL, userId int NOT NULL, joinedAt bigint NOT NULL, partedAt bigint, userUri varchar(255) NOT NULL, serverID int,
    PRIMARY KEY (channelUri, userId, joinedAt));
CREATE TABLE tblComplianceTranslator (translatorID int PRIMARY KEY, cmplTranslatorName varchar(255), cmplTranslatorGuid uuid);
CREATE TABLE tblLastComplianceID (translatorID int, lastComplianceID int);
CREATE TABLE tblComplianceVersion (versionId int, versionedOn timestamp, description varchar(255));
