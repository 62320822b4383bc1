create table #portal (node int not null primary key, last bigint null)

go

create table #portal (piece int null, c0 int null)

go

create table #portal (piece int null, c0 int null, c1 int null)

go

create table #portal (piece int null, c0 int null, c1 int null, c2 bit null, c3 int null)

go

create table #portal (piece int null, c0 int null, c1 int null, c2 int null, c3 int null)

go

create table #portal (piece int null, c0 int null, c1 uniqueidentifier null)

go

create table #portal (piece int null, c0 int null, c1 uniqueidentifier null, c2 int null, c3 bit null, c4 nvarchar(max) null, c5 nvarchar(max) null, c6 bit null, c7 bit null, c8 bit null, c9 bit null, c10 smallint null, c11 smallint null, c12 uniqueidentifier null, c13 int null, c14 bigint null, c15 int null, c16 bigint null, c17 datetime null)

go

create table #portal (piece int null, c0 uniqueidentifier null)

go

create table #portal (piece int null, c0 uniqueidentifier null, c1 nvarchar(max) null, c2 nvarchar(max) null)

go

create table #portal (value int not null primary key)

go

create table #portal (value uniqueidentifier not null primary key)

go

declare @gone table (chatId bigint, chatDate bigint, userId int, isAlert bit, content nvarchar(max));
delete from tblChat
output deleted.chatId, deleted.chatDate, deleted.userId, deleted.isAlert, deleted.content into @gone
where channelId = @node and chatId between @first and @last;
select chatId, chatDate, userId, isAlert, content from @gone order by chatId

go

declare @result int;
exec @result = sp_getapplock @Resource = @name, @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = @wait;
select @result

go

delete from tblADCookie where exists (select 1 from #portal e where e.piece = @piece and tblADCookie.prinGuid = e.c0);
select cast(@@rowcount as bigint)

go

delete from tblFileToken where exists (select 1 from #portal e where e.piece = @piece and tblFileToken.fileTokenChannelID = e.c0);
select cast(@@rowcount as bigint)

go

delete from tblLastChatId where exists (select 1 from #portal e where e.piece = @piece and tblLastChatId.nodeID = e.c0);
select cast(@@rowcount as bigint)

go

delete from tblLastInviteId where exists (select 1 from #portal e where e.piece = @piece and tblLastInviteId.prinID = e.c0);
select cast(@@rowcount as bigint)

go

delete from tblNode where exists (select 1 from #portal e where e.piece = @piece and tblNode.nodeID = e.c0 and (tblNode.nodeGuid = e.c1 or (tblNode.nodeGuid is null and e.c1 is null)) and (tblNode.parentID = e.c2 or (tblNode.parentID is null and e.c2 is null)) and (tblNode.nodeType = e.c3 or (tblNode.nodeType is null and e.c3 is null)) and (cast(cast(tblNode.nodeName as nvarchar(max)) as varbinary(max)) = cast(cast(e.c4 as nvarchar(max)) as varbinary(max)) or (tblNode.nodeName is null and e.c4 is null)) and (cast(cast(tblNode.nodeDesc as nvarchar(max)) as varbinary(max)) = cast(cast(e.c5 as nvarchar(max)) as varbinary(max)) or (tblNode.nodeDesc is null and e.c5 is null)) and (tblNode.invite = e.c6 or (tblNode.invite is null and e.c6 is null)) and (tblNode.logged = e.c7 or (tblNode.logged is null and e.c7 is null)) and (tblNode.filePost = e.c8 or (tblNode.filePost is null and e.c8 is null)) and (tblNode.disabled = e.c9 or (tblNode.disabled is null and e.c9 is null)) and (tblNode.behavior = e.c10 or (tblNode.behavior is null and e.c10 is null)) and (tblNode.visibility = e.c11 or (tblNode.visibility is null and e.c11 is null)) and (tblNode.siopID = e.c12 or (tblNode.siopID is null and e.c12 is null)) and (tblNode.nodeAddedBy = e.c13 or (tblNode.nodeAddedBy is null and e.c13 is null)) and (tblNode.nodeAddedOn = e.c14 or (tblNode.nodeAddedOn is null and e.c14 is null)) and (tblNode.nodeUpdatedBy = e.c15 or (tblNode.nodeUpdatedBy is null and e.c15 is null)) and (tblNode.nodeUpdatedOn = e.c16 or (tblNode.nodeUpdatedOn is null and e.c16 is null)) and (tblNode.purgedOn = e.c17 or (tblNode.purgedOn is null and e.c17 is null))) and not exists (select 1 from tblNode x where x.parentID = tblNode.nodeID and x.nodeID between -2147483648 and 2147483647) and not exists (select 1 from tblPrincipalRole x where x.prinRoleNodeID = tblNode.nodeID) and not exists (select 1 from tblScopePrincipal x where x.scopeNodeID = tblNode.nodeID) and not exists (select 1 from tblChat x where x.channelId = tblNode.nodeID) and not exists (select 1 from tblPrincipalInvites x where x.nodeID = tblNode.nodeID);
select cast(@@rowcount as bigint)

go

delete from tblPrincipal where exists (select 1 from #portal e where e.piece = @piece and tblPrincipal.prinID = e.c0 and (tblPrincipal.prinGuid = e.c1 or (tblPrincipal.prinGuid is null and e.c1 is null))) and not exists (select 1 from tblPrincipalRole x where x.prinRolePrinID = tblPrincipal.prinID and x.prinRoleNodeID between -2147483648 and 2147483647) and not exists (select 1 from tblPrincipalRole x where x.prinRoleUpdatedBy = tblPrincipal.prinID and x.prinRoleNodeID between -2147483648 and 2147483647) and not exists (select 1 from tblScopePrincipal x where x.scopePrinID = tblPrincipal.prinID and x.scopeNodeID between -2147483648 and 2147483647) and not exists (select 1 from tblNode x where x.nodeAddedBy = tblPrincipal.prinID and x.nodeID between -2147483648 and 2147483647) and not exists (select 1 from tblNode x where x.nodeUpdatedBy = tblPrincipal.prinID and x.nodeID between -2147483648 and 2147483647) and not exists (select 1 from tblChat x where x.userId = tblPrincipal.prinID and x.channelId between -2147483648 and 2147483647) and not exists (select 1 from tblPrincipalInvites x where x.prinID = tblPrincipal.prinID and x.nodeID between -2147483648 and 2147483647) and not exists (select 1 from tblPrincipalAffiliations x where x.affiliationID = tblPrincipal.prinID and x.principalID between -2147483648 and 2147483647);
select cast(@@rowcount as bigint)

go

delete from tblPrincipalAffiliations where exists (select 1 from #portal e where e.piece = @piece and tblPrincipalAffiliations.principalID = e.c0 and tblPrincipalAffiliations.affiliationID = e.c1);
select cast(@@rowcount as bigint)

go

delete from tblPrincipalAffiliations where exists (select 1 from #portal e where e.piece = @piece and tblPrincipalAffiliations.principalID = e.c0);
select cast(@@rowcount as bigint)

go

delete from tblPrincipalMembers where exists (select 1 from #portal e where e.piece = @piece and tblPrincipalMembers.prinID = e.c0);
select cast(@@rowcount as bigint)

go

delete from tblPrincipalMeta where exists (select 1 from #portal e where e.piece = @piece and tblPrincipalMeta.prinID = e.c0);
select cast(@@rowcount as bigint)

go

delete from tblPrincipalRole where exists (select 1 from #portal e where e.piece = @piece and tblPrincipalRole.prinRoleNodeID = e.c0 and tblPrincipalRole.prinRolePrinID = e.c1 and tblPrincipalRole.prinRoleTypeID = e.c2 and (tblPrincipalRole.prinRoleUpdatedBy = e.c3 or (tblPrincipalRole.prinRoleUpdatedBy is null and e.c3 is null)));
select cast(@@rowcount as bigint)

go

delete from tblScopePrincipal where exists (select 1 from #portal e where e.piece = @piece and tblScopePrincipal.scopeNodeID = e.c0 and tblScopePrincipal.scopePrinID = e.c1 and (tblScopePrincipal.scopeIsDenied = e.c2 or (tblScopePrincipal.scopeIsDenied is null and e.c2 is null)) and (tblScopePrincipal.scopeUpdatedBy = e.c3 or (tblScopePrincipal.scopeUpdatedBy is null and e.c3 is null)));
select cast(@@rowcount as bigint)

go

delete from tblSiopWhiteList where exists (select 1 from #portal e where e.piece = @piece and tblSiopWhiteList.siopID = e.c0 and (cast(cast(tblSiopWhiteList.siopName as nvarchar(max)) as varbinary(max)) = cast(cast(e.c1 as nvarchar(max)) as varbinary(max)) or (tblSiopWhiteList.siopName is null and e.c1 is null)) and (cast(cast(tblSiopWhiteList.siopUrl as nvarchar(max)) as varbinary(max)) = cast(cast(e.c2 as nvarchar(max)) as varbinary(max)) or (tblSiopWhiteList.siopUrl is null and e.c2 is null))) and not exists (select 1 from tblNode x where x.siopID = tblSiopWhiteList.siopID and x.nodeID between -2147483648 and 2147483647);
select cast(@@rowcount as bigint)

go

delete from tblSkippedAffiliations where exists (select 1 from #portal e where e.piece = @piece and tblSkippedAffiliations.prinID = e.c0);
select cast(@@rowcount as bigint)

go

insert bulk #portal ("node", "last")

go

insert bulk #portal ("piece", "c0")

go

insert bulk #portal ("piece", "c0", "c1")

go

insert bulk #portal ("piece", "c0", "c1", "c2")

go

insert bulk #portal ("piece", "c0", "c1", "c2", "c3")

go

insert bulk #portal ("piece", "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", "c12", "c13", "c14", "c15", "c16", "c17")

go

insert bulk #portal ("value")

go

insert bulk tblChat ("channelid", "chatid", "chatdate", "userid", "isalert", "content")

go

insert bulk tblNode ("nodeid", "nodeguid", "parentid", "nodetype", "nodename", "nodedesc", "invite", "logged", "filepost", "disabled", "behavior", "visibility", "siopid", "nodeaddedby", "nodeaddedon", "nodeupdatedby", "nodeupdatedon", "purgedon")

go

insert bulk tblPrincipal ("prinid", "pringuid", "prinuri", "prinname", "prindisplayname", "princompanyname", "prinemail", "prinadpath", "prinaduserprincipalname", "prindisabled", "printypeid", "prinpoolid", "prinpolicyid", "prinaddedby", "prinaddedon", "prinupdatedby", "prinupdatedon", "prinverifiedon")

go

insert bulk tblPrincipalAffiliations ("principalid", "index", "affiliationid", "updatedby")

go

insert bulk tblPrincipalMeta ("prinid", "prinaffiliationsdirty", "prinattributesdirty", "prindeleted", "trycount", "lasttry", "nexttry")

go

insert bulk tblPrincipalRole ("prinrolenodeid", "prinroleprinid", "prinroletypeid", "prinroleupdatedby")

go

insert bulk tblScopePrincipal ("scopenodeid", "scopeprinid", "scopeisdenied", "scopeupdatedby")

go

insert bulk tblSiopWhiteList ("siopid", "siopname", "siopurl")

go

insert into tblLastChatId (nodeID, lastChatID) select @node, @next where not exists (select 1 from tblLastChatId where nodeID = @node);
select cast(@@rowcount as bigint)

go

select applock_mode('public', @name, 'Session')

go

select behavior, count_big(*) from tblNode where behavior is not null group by behavior

go

select c.name, c.is_identity from sys.columns c where c.object_id = object_id(@table)

go

select cast(serverproperty('ProductVersion') as nvarchar(128)), cast(serverproperty('ProductLevel') as nvarchar(128)), system_user, user_name(),
    case when d.snapshot_isolation_state = 1 then 1 else 0 end, case when has_perms_by_name(null, null, 'VIEW SERVER STATE') = 1 then 1 else 0 end
from sys.databases d where d.database_id = db_id()

go

select channelId, chatId, content from tblChat where lower(content collate Latin1_General_BIN2) like '%ma-filelink:%'

go

select channelId, count_big(*) from tblChat where channelId in (58) group by channelId

go

select channelId, count_big(*) from tblChat where chatDate >= @from group by channelId

go

select channelId, max(chatId) from tblChat where channelId in (60) group by channelId

go

select channelId, userId, count_big(*), min(chatId), max(chatId), min(chatDate), max(chatDate)
from tblChat group by channelId, userId order by channelId, userId

go

select chatDate / cast(864000000000 as bigint), count_big(*), min(chatId) from tblChat where channelId = @node and chatDate is not null group by chatDate / cast(864000000000 as bigint)

go

select count_big(*) from sys.indexes i
join sys.index_columns k on k.object_id = i.object_id and k.index_id = i.index_id and k.key_ordinal = 1
join sys.columns c on c.object_id = k.object_id and c.column_id = k.column_id
where i.object_id = object_id(@table) and i.is_unique = 1 and lower(c.name collate Latin1_General_BIN2) = lower(@column collate Latin1_General_BIN2)
    and not exists (select 1 from sys.index_columns o where o.object_id = i.object_id and o.index_id = i.index_id and o.key_ordinal > 1)

go

select count_big(*) from tblChat where channelId = @node

go

select count_big(*) from tblComplianceData

go

select count_big(*) from tblNode where cast(nodeType as int) = 0

go

select count_big(*) from tblNode where nodeID = @node and nodeGuid = @guid

go

select distinct behavior, visibility from tblNode where nodeType = @category and nodeID <> @root

go

select distinct channelId from tblChat where channelId in (61)

go

select distinct nodeAddedBy, nodeID from tblNode where nodeAddedBy in (42)

go

select distinct nodeUpdatedBy, nodeID from tblNode where nodeUpdatedBy in (42)

go

select distinct prinID, nodeID from tblPrincipalInvites where prinID in (42)

go

select distinct prinRolePrinID, prinRoleNodeID from tblPrincipalRole where prinRolePrinID in (42)

go

select distinct prinRoleUpdatedBy, prinRoleNodeID from tblPrincipalRole where prinRoleUpdatedBy in (42)

go

select distinct scopePrinID, scopeNodeID from tblScopePrincipal where scopePrinID in (42)

go

select distinct userId, channelId from tblChat where userId in (42)

go

select lastChatID from tblLastChatId where nodeID = @node

go

select lastChatID from tblLastChatId where nodeID = @node order by lastChatID

go

select max(channelId) from tblChat

go

select max(chatId) from (select top (4000) chatId from tblChat where channelId = @node and chatId between @first and @last order by chatId) piece having count_big(*) = @most

go

select max(chatId) from tblChat where channelId = @node

go

select max(chatId) from tblChat where channelId = @node and chatDate >= @from

go

select max(last) from (
    select max(lastChatID) as last from tblLastChatId where nodeID = @node
    union all select max(chatId) from tblChat where channelId = @node) both_of_them

go

select max(lastChatID) from tblLastChatId where nodeID = @node

go

select max(lockExpiresTime) from tblAdminLock

go

select max(nodeID) from tblLastChatId

go

select max(nodeID) from tblNode

go

select max(nodeID) from tblPrincipalInvites

go

select max(prinID) from tblPrincipal

go

select min(prinID) from tblPrincipal where prinTypeID = @type

go

select n.nodeID, n.nodeName, n.nodeDesc, n.invite, n.logged, n.filePost, n.disabled, n.behavior, n.visibility, n.siopID, p.nodeGuid,
    n.nodeAddedBy, n.nodeAddedOn, n.nodeUpdatedBy, n.nodeUpdatedOn, n.nodeType
from tblNode n
left join tblNode p on p.nodeID = n.parentID
where n.nodeGuid = @guid

go

select node, count_big(chatId) from #portal as pairs left join tblChat on channelId = node and chatId <= last group by node

go

select node, count_big(chatId) from (values (21, cast(20 as bigint))) as pairs(node, last) left join tblChat on channelId = node and chatId <= last group by node

go

select nodeGuid from tblNode where nodeGuid in ('00000000-0000-0000-0000-00000000000a')

go

select nodeGuid, nodeID from tblNode where nodeGuid in ('30000000-0000-0000-0000-000000000002')

go

select nodeID from tblNode where nodeGuid in (select value from #portal)

go

select nodeID from tblNode where nodeID in (58)

go

select nodeID from tblNode where nodeID in (select value from #portal)

go

select nodeID, count_big(*) from tblPrincipalInvites where nodeID in (61) group by nodeID

go

select nodeID, max(lastChatID), count_big(*) from tblLastChatId group by nodeID

go

select nodeID, nodeGuid, nodeType, nodeName from tblNode where nodeGuid is not null and (parentID is null or nodeID <> parentID) order by nodeID

go

select nodeID, nodeGuid, parentID, nodeType, nodeName, nodeDesc, invite, logged, filePost, disabled, behavior, visibility, siopID, nodeAddedBy, nodeAddedOn, nodeUpdatedBy, nodeUpdatedOn, purgedOn from tblNode where nodeID in (58)

go

select nodeID, nodeGuid, parentID, nodeType, nodeName, nodeDesc, invite, logged, filePost, disabled, behavior, visibility, siopID, nodeAddedBy, nodeAddedOn, nodeUpdatedBy, nodeUpdatedOn, purgedOn from tblNode where nodeID in (60)

go

select nodeID, nodeGuid, parentID, nodeType, nodeName, nodeDesc, null, invite, logged, filePost, disabled, behavior, visibility, siopID, nodeAddedBy, nodeAddedOn, nodeUpdatedBy, nodeUpdatedOn, purgedOn, null, null, null, null, null from tblNode order by nodeID

go

select nodeID, nodeGuid, parentID, nodeType, nodeName, nodeDesc, topic, invite, logged, filePost, disabled, behavior, visibility, siopID, nodeAddedBy, nodeAddedOn, nodeUpdatedBy, nodeUpdatedOn, null, inheritance, overrideMember, restrictChildCreate, scopeDefinerId, roleDefinerId from tblNode order by nodeID

go

select nodeID, parentID from tblNode where nodeType = @category and (parentID is null or parentID = nodeID)

go

select o.name from sys.objects o where o.type in ('U', 'V') and o.is_ms_shipped = 0 and o.schema_id in (schema_id(), schema_id('dbo')) order by o.name

go

select o.name, c.name, c.is_nullable, case when c.default_object_id <> 0 or c.is_computed = 1 or c.system_type_id = 189 then 1 else 0 end, c.is_identity,
    case when c.max_length < 1 then null when c.system_type_id in (231) then c.max_length / 2 when c.system_type_id in (167) then c.max_length + 0 end
from sys.objects o join sys.columns c on c.object_id = o.object_id
where o.type in ('U', 'V') and o.is_ms_shipped = 0 and o.schema_id in (schema_id(), schema_id('dbo'))
order by o.name, c.column_id

go

select o.name, r.name
from sys.objects o cross join (select 'SELECT' as name union all select 'INSERT' union all select 'UPDATE' union all select 'DELETE' union all select 'ALTER') r
where o.type in ('U', 'V') and o.is_ms_shipped = 0 and o.schema_id in (schema_id(), schema_id('dbo')) and has_perms_by_name(quotename(schema_name(o.schema_id)) + '.' + quotename(o.name), 'OBJECT', r.name) = 1
order by o.name, r.name

go

select p.prinGuid, p.prinUri, s.scopeIsDenied from tblScopePrincipal s join tblPrincipal p on p.prinID = s.scopePrinID where s.scopeNodeID = @node

go

select parentID, nodeID from tblNode where parentID in (58)

go

select parentID, nodeID from tblNode where parentID in (61)

go

select prinGuid, prinID, prinDisabled from tblPrincipal where prinGuid in ('10000000-0000-0000-0000-000000000002')

go

select prinID from tblPrincipal where prinID in (42)

go

select prinID, prinGuid, prinUri, prinName, null, prinCompanyName, prinEmail, prinADPath, prinADUserPrincipalName, prinDisabled, prinTypeID, prinAllowedPermSet, prinAddedOn, prinUpdatedOn, prinVerifiedOn from tblPrincipal order by prinID

go

select prinID, prinGuid, prinUri, prinName, prinDisplayName, prinCompanyName, prinEmail, prinADPath, prinADUserPrincipalName, prinDisabled, prinTypeID, null, prinAddedOn, prinUpdatedOn, prinVerifiedOn from tblPrincipal order by prinID

go

select prinID, prinUri, prinGuid from tblPrincipal where prinID in (42)

go

select prinRoleNodeID, prinRolePrinID, prinRoleTypeID, prinRoleUpdatedBy from tblPrincipalRole where prinRoleNodeID in (58)

go

select prinRoleNodeID, prinRolePrinID, prinRoleTypeID, prinRoleUpdatedBy from tblPrincipalRole where prinRoleNodeID in (63)

go

select prinRoleTypeID, count_big(*) from tblPrincipalRole where prinRoleTypeID is not null group by prinRoleTypeID

go

select prinTypeID, count_big(*) from tblPrincipal where prinTypeID is not null group by prinTypeID

go

select prinUri from tblPrincipal where prinDisabled = 0 and prinUri is not null order by prinID

go

select principalID, affiliationID from tblPrincipalAffiliations where affiliationID in (42)

go

select principalID, affiliationID, [index] from tblPrincipalAffiliations order by principalID, [index], affiliationID

go

select ptypeID, ptypeDesc from tblPrincipalType order by ptypeID

go

select r.prinRoleNodeID, r.prinRolePrinID, r.prinRoleTypeID,
    coalesce(r.honorsOverride, t.honorsOverride), coalesce(r.honorsScope, t.honorsScope)
from tblPrincipalRole r left join tblRoleType t on t.rtypeID = r.prinRoleTypeID
order by r.prinRoleNodeID, r.prinRolePrinID, r.prinRoleTypeID

go

select r.prinRoleNodeID, r.prinRolePrinID, r.prinRoleTypeID,
    null, null
from tblPrincipalRole r left join tblRoleType t on t.rtypeID = r.prinRoleTypeID
order by r.prinRoleNodeID, r.prinRolePrinID, r.prinRoleTypeID

go

select r.session_id, r.total_elapsed_time, case when r.command like 'COMMIT%' or r.wait_type = 'WRITELOG' then 1 else 0 end,
    b.session_id, b.program_name, b.login_name, cast(datediff(second, b.last_request_start_time, getdate()) as bigint) * 1000,
    object_name(p.object_id)
from sys.dm_exec_requests r
join sys.dm_exec_sessions s on s.session_id = r.session_id
left join sys.dm_exec_sessions b on b.session_id = nullif(r.blocking_session_id, 0)
left join sys.dm_tran_locks l on l.request_session_id = r.session_id and l.request_status = 'WAIT'
left join sys.partitions p on p.hobt_id = l.resource_associated_entity_id
where s.program_name = 'MigrationPortal' and r.database_id = db_id() and r.session_id <> @@spid
order by case when b.session_id is null then 1 else 0 end, r.total_elapsed_time desc

go

select rtypeID, rtypeDesc from tblRoleType order by rtypeID

go

select scopeNodeID, scopePrinID, null from tblScopePrincipal order by scopeNodeID, scopePrinID

go

select scopeNodeID, scopePrinID, scopeIsDenied from tblScopePrincipal order by scopeNodeID, scopePrinID

go

select scopeNodeID, scopePrinID, scopeIsDenied, scopeUpdatedBy from tblScopePrincipal where scopeNodeID in (58)

go

select siopID, nodeID from tblNode where siopID in ('20000000-0000-0000-0000-000000000001')

go

select siopID, siopName from tblSiopWhiteList

go

select siopID, siopName, siopUrl from tblSiopWhiteList order by siopID

go

select siopID, siopName, siopUrl from tblSiopWhiteList where siopID in ('20000000-0000-0000-0000-000000000001')

go

select snapshot_isolation_state from sys.databases where database_id = db_id()

go

select substring(content, @begin, @length), substring(content, @next, 1) from tblChat where channelId = @node and chatId = @chat

go

select t.rtypeDesc, p.prinGuid, p.prinUri
from tblPrincipalRole r join tblRoleType t on t.rtypeID = r.prinRoleTypeID join tblPrincipal p on p.prinID = r.prinRolePrinID
where r.prinRoleNodeID = @node

go

select top (101) chatId, chatDate, userId, isAlert, content from tblChat where channelId = @node and chatId > @after order by chatId

go

select top (101) chatId, chatDate, userId, isAlert, content from tblChat where channelId = @node order by chatId

go

select top (20) chatId, chatDate, userId, isAlert, content from tblChat where channelId = @node and chatId > @after and chatId <= @upTo order by chatId

go

select top (20) chatId, chatDate, userId, isAlert, content from tblChat where channelId = @node and chatId > @after order by chatId

go

select top (20) chatId, chatDate, userId, isAlert, content from tblChat where channelId = @node order by chatId

go

select top (3) c.chatId, c.chatDate, c.userId, p.prinName, c.isAlert, substring(c.content, 1, 4000), substring(c.content, 4000 + 1, 1)
from tblChat c left join tblPrincipal p on p.prinID = c.userId
where c.channelId = @node and c.chatId >= @from
order by c.chatId

go

select top (4001) chatId, chatDate, userId, isAlert, content from tblChat where channelId = @node and chatDate >= @from order by chatId

go

select top (4001) chatId, chatDate, userId, isAlert, content from tblChat where channelId = @node and chatId > @after and chatDate >= @from order by chatId

go

select top (500) chatId, content from tblChat where channelId = @node and chatId > @after and chatDate >= @from and lower(content collate Latin1_General_BIN2) like '%ma-filelink:%' order by chatId

go

select top (500) chatId, content from tblChat where channelId = @node and lower(content collate Latin1_General_BIN2) like '%ma-filelink:%' order by chatId

go

select top (5000) chatId, chatDate, userId, isAlert, content from tblChat where channelId = @node and chatId <= @upTo and chatDate >= @from order by chatId

go

select top (5000) chatId, chatDate, userId, isAlert, content from tblChat where channelId = @node and chatId <= @upTo order by chatId

go

select top (5000) chatId, chatDate, userId, isAlert, content from tblChat where channelId = @node and chatId > @after and chatId <= @upTo order by chatId

go

select top (5000) chatId, chatDate, userId, isAlert, content from tblChat where channelId = @node order by chatId

go

select v.valueID, a.attributeName, v.attributeValue from tblEnumValue v join tblEnumAttribute a on a.attributeID = v.attributeID order by v.valueID

go

select visibility, count_big(*) from tblNode where visibility is not null group by visibility

go

set lock_timeout 20000

go

set xact_abort on; set lock_timeout 20000

go

update tblLastChatId set lastChatID = @next where nodeID = @node and lastChatID = @expected;
select cast(@@rowcount as bigint)

go

update tblNode set nodeGuid = @p1, parentID = @p2, nodeType = @p3, nodeName = @p4, nodeDesc = @p5, invite = null, logged = null, filePost = null, disabled = @p9, behavior = @p10, visibility = @p11, siopID = @p12, nodeAddedBy = @p13, nodeAddedOn = @p14, nodeUpdatedBy = @p15, nodeUpdatedOn = @p16, purgedOn = null where nodeID = @b0 and nodeGuid = @b1 and parentID = @b2 and nodeType = @b3 and cast(cast(nodeName as nvarchar(max)) as varbinary(max)) = cast(cast(@b4 as nvarchar(max)) as varbinary(max)) and cast(cast(nodeDesc as nvarchar(max)) as varbinary(max)) = cast(cast(@b5 as nvarchar(max)) as varbinary(max)) and invite is null and logged is null and filePost is null and disabled = @b9 and behavior = @b10 and visibility = @b11 and siopID = @b12 and nodeAddedBy = @b13 and nodeAddedOn = @b14 and nodeUpdatedBy = @b15 and nodeUpdatedOn = @b16 and purgedOn is null;
select cast(@@rowcount as bigint)
