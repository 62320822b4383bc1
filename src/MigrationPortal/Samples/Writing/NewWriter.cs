using MigrationPortal.Samples.World;
using Npgsql;

namespace MigrationPortal.Samples.Writing;

/// <summary>Fills a Persistent Chat database as it is after setup: the root and the system user are there already.</summary>
internal static class NewWriter
{
    public static async Task WriteAsync(NpgsqlConnection connection, SampleSide side, CancellationToken cancellationToken)
    {
        var pool = side.Pool;
        await CopyRows.IntoAsync(
            connection, "tblPrincipal",
            "prinID:int4 prinGuid:uuid prinUri:text prinName:text prinDisplayName:text prinCompanyName:text prinEmail:text prinADPath:text prinADUserPrincipalName:text "
            + "prinDisabled:int2 prinTypeID:int2 prinAddedBy:int4 prinAddedOn:int8 prinUpdatedBy:int4 prinUpdatedOn:int8 prinVerifiedOn:time",
            pool.Principals.Where(x => x.PrincipalId != WorldBuilder.SystemId).Select(x => new object?[]
            {
                x.PrincipalId, x.Guid, x.Uri, x.Name, x.DisplayName, x.CompanyName, x.Email, x.DirectoryPath, x.UserPrincipalName, x.Disabled,
                LookupNumbers.Principal(x.Type), WorldBuilder.SystemId, x.AddedOn, WorldBuilder.SystemId, x.UpdatedOn, x.VerifiedOn,
            }),
            cancellationToken);
        await SharedRows.AffiliationsAsync(connection, pool, cancellationToken);
        await SharedRows.AddInsAsync(connection, pool, cancellationToken);
        await CopyRows.IntoAsync(
            connection, "tblNode",
            "nodeID:int4 nodeGuid:uuid parentID:int4 nodeType:bool nodeName:text nodeDesc:text invite:bool logged:bool filePost:bool disabled:bool behavior:int2 "
            + "visibility:int2 siopID:uuid nodeAddedBy:int4 nodeAddedOn:int8 nodeUpdatedBy:int4 nodeUpdatedOn:int8 purgedOn:time",
            pool.Nodes.Where(x => x.NodeId != WorldBuilder.RootId).Select(x => new object?[]
            {
                x.NodeId, x.Guid, x.ParentId, x.IsCategory, x.Name, x.Description, x.Invite, x.Logged, x.FilePost, x.Disabled, LookupNumbers.Behavior(x.Behavior),
                LookupNumbers.Visibility(x.Visibility ?? "scope"), x.AddInId, x.AddedBy, x.AddedOn, x.UpdatedBy, x.UpdatedOn, x.PurgedOn,
            }),
            cancellationToken);
        await CopyRows.IntoAsync(
            connection, "tblScopePrincipal", "scopeNodeID:int4 scopePrinID:int4 scopeIsDenied:bool scopeUpdatedBy:int4",
            pool.Scopes.Select(x => new object?[] { x.NodeId, x.PrincipalId, x.IsDenied, WorldBuilder.SystemId }), cancellationToken);
        await CopyRows.IntoAsync(
            connection, "tblPrincipalRole", "prinRoleNodeID:int4 prinRolePrinID:int4 prinRoleTypeID:int4 prinRoleUpdatedBy:int4",
            pool.Roles.Select(x => new object?[] { x.NodeId, x.PrincipalId, LookupNumbers.NewRole(x.Type), WorldBuilder.SystemId }), cancellationToken);
        await SharedRows.CountersAsync(connection, side, cancellationToken);
        await MessageWriter.WriteAsync(connection, side.Messages, hasRtf: true, null, cancellationToken);
    }
}
