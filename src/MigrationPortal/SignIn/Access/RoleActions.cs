namespace MigrationPortal.SignIn.Access;

/// <summary>
/// Something that a role may do beyond reading. The page shows these rows; a test sends each of the requests as each of the roles,
/// so that what the page says is what the use cases do.
/// </summary>
/// <param name="Name">Resource key.</param>
/// <param name="IsScoped">Bounds of a role (pool pair, category) hold for it.</param>
/// <param name="Requests">As routes are written; everything that changes something or is not everybody's to read stands somewhere here.</param>
internal sealed record RoleAction(string Name, IReadOnlyList<Role> Roles, bool IsScoped, IReadOnlyList<string> Requests)
{
    public static IReadOnlyList<RoleAction> All { get; } =
    [
        new("Scan", [Role.Planner, Role.Operator], true, ["POST /api/v1/pool-pairs/{pair}/scans"]),
        new("LeaveOut", [Role.Planner], true, ["PUT /api/v1/rooms/{id:long}/left-out", "DELETE /api/v1/rooms/{id:long}/left-out"]),
        new("Accept", [Role.Planner, Role.Approver], true,
        [
            "PUT /api/v1/rooms/{id:long}/accepted",
            "DELETE /api/v1/rooms/{id:long}/accepted",
            "POST /api/v1/batches/{batchId:long}/findings/accept",
            "POST /api/v1/batches/{batchId:long}/findings/{proofId:long}/accept",
        ]),
        new("Plan", [Role.Planner], true,
        [
            "POST /api/v1/batches/",
            "PATCH /api/v1/batches/{id:long}",
            "DELETE /api/v1/batches/{id:long}",
            "POST /api/v1/batches/{id:long}/findings/{findingId:long}/acknowledge",
            "POST /api/v1/batches/{id:long}/submit",
        ]),
        new("Decide", [Role.Approver], true, ["POST /api/v1/batches/{id:long}/approve", "POST /api/v1/batches/{id:long}/send-back"]),
        new("ReadMessages", [Role.Approver, Role.Auditor], true, ["POST /api/v1/rooms/{id:long}/transcript"]),
        new("Run", [Role.Operator], true,
        [
            "POST /api/v1/batches/{batchId:long}/start",
            "POST /api/v1/batches/{batchId:long}/pause",
            "POST /api/v1/batches/{batchId:long}/resume",
            "POST /api/v1/batches/{batchId:long}/throttle",
            "POST /api/v1/batches/{batchId:long}/cancel",
            "POST /api/v1/batches/{batchId:long}/verify",
            "POST /api/v1/batches/{batchId:long}/undo",
            "POST /api/v1/batches/{batchId:long}/delta",
            "POST /api/v1/batches/{batchId:long}/cut-over",
        ]),
        new("CutOver", [Role.Operator], true, ["PUT /api/v1/pool-pairs/{pair}/cut-over/{number:int}"]),
        new("Audit", [Role.Auditor], false, ["GET /api/v1/audit/", "GET /api/v1/audit/verification"]),
        new("Mapping", [Role.Administrator], false, ["PUT /api/v1/pool-pairs/{pair}/options"]),
        new("Access", [Role.Administrator], false,
        [
            "GET /api/v1/sessions", "DELETE /api/v1/sessions/{id:long}", "GET /api/v1/tokens", "DELETE /api/v1/tokens/{id:long}", "GET /api/v1/people",
        ]),
    ];
}
