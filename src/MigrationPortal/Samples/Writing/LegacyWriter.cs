using MigrationPortal.Samples.World;
using Npgsql;

namespace MigrationPortal.Samples.Writing;

/// <summary>Fills an empty Group Chat database.</summary>
internal static class LegacyWriter
{
    public static async Task WriteAsync(NpgsqlConnection connection, SampleSide side, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var pool = side.Pool;
        await CopyRows.IntoAsync(
            connection, "tblPrincipal",
            "prinID:int4 prinGuid:uuid prinUri:text prinName:text prinCompanyName:text prinEmail:text prinADPath:text prinADUserPrincipalName:text prinDisabled:bool "
            + "prinTypeID:int2 prinAllowedPermSet:int8 prinUseInheritedPerms:bool prinAddedBy:int4 prinAddedOn:int8 prinUpdatedBy:int4 prinUpdatedOn:int8 prinVerifiedOn:time",
            pool.Principals.Select(x => new object?[]
            {
                x.PrincipalId, x.Guid, x.Uri, x.Name, x.CompanyName, x.Email, x.DirectoryPath, x.UserPrincipalName, x.Disabled != 0,
                LookupNumbers.Principal(x.Type), x.AllowedPermissions, true, WorldBuilder.SystemId, x.AddedOn, WorldBuilder.SystemId, x.UpdatedOn, x.VerifiedOn,
            }),
            cancellationToken);
        await SharedRows.AffiliationsAsync(connection, pool, cancellationToken);
        await SharedRows.AddInsAsync(connection, pool, cancellationToken);
        await CopyRows.IntoAsync(
            connection, "tblNode",
            "nodeID:int4 nodeGuid:uuid parentID:int4 nodeType:bool nodeName:text nodeDesc:text topic:text inheritance:bool scopeChange:bool overrideMember:bool invite:bool "
            + "logged:bool filePost:bool disabled:bool restrictChildCreate:bool behavior:int2 visibility:int2 scopeDefinerId:int4 roleDefinerId:int4 siopID:uuid "
            + "nodeAddedBy:int4 nodeAddedOn:int8 nodeUpdatedBy:int4 nodeUpdatedOn:int8",
            pool.Nodes.Select(x => new object?[]
            {
                x.NodeId, x.Guid, x.ParentId, x.IsCategory, x.Name, x.Description, x.Topic ?? "", x.Inheritance, x.IsCategory, x.OverrideMember, x.Invite, x.Logged,
                x.FilePost, x.Disabled, x.RestrictChildCreate, LookupNumbers.Behavior(x.Behavior), x.Visibility is null ? null : LookupNumbers.Visibility(x.Visibility),
                x.ScopeDefinerId ?? WorldBuilder.RootId, x.RoleDefinerId ?? WorldBuilder.RootId, x.AddInId, x.AddedBy, x.AddedOn, x.UpdatedBy, x.UpdatedOn,
            }),
            cancellationToken);
        await CopyRows.IntoAsync(
            connection, "tblScopePrincipal", "scopeNodeID:int4 scopePrinID:int4 scopeUpdatedBy:int4",
            pool.Scopes.Select(x => new object?[] { x.NodeId, x.PrincipalId, WorldBuilder.SystemId }), cancellationToken);
        await CopyRows.IntoAsync(
            connection, "tblPrincipalRole", "prinRoleNodeID:int4 prinRolePrinID:int4 prinRoleTypeID:int4 prinRoleUpdatedBy:int4 honorsOverride:bool honorsScope:bool",
            pool.Roles.Select(x => new object?[] { x.NodeId, x.PrincipalId, LookupNumbers.LegacyRole(x.Type), WorldBuilder.SystemId, x.HonorsOverride, x.HonorsScope }),
            cancellationToken);
        await CopyRows.IntoAsync(
            connection, "tblComplianceData",
            "cmplEventID:int4 entryDate:time cmplType:int4 cmplTime:int8 cmplChannelUri:text cmplChatID:int8 cmplUserID:int4 cmplUserUri:text cmplMessage:text",
            Enumerable.Range(1, (int)(pool.ComplianceBacklog ?? 0)).Select(x => new object?[]
                { x, SampleClock.Today, 1, SampleClock.Today.Ticks + x, "ma-chan://contoso.com/1", (long)x, WorldBuilder.SystemId, "sip:system@contoso.com", "not fetched yet" }),
            cancellationToken);
        await SharedRows.CountersAsync(connection, side, cancellationToken);
        await MessageWriter.WriteAsync(connection, side.Messages, hasRtf: false, progress, cancellationToken);
    }
}
