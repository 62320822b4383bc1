using System.Text.RegularExpressions;
using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Tests.SignIn;

/// <summary>Who may reach what. A new endpoint, page or hub method without a row here fails the build.</summary>
internal static partial class AccessMatrix
{
    /// <summary>Anybody, signed in or not.</summary>
    public static string[] Open { get; } =
    [
        "GET /denied",
        "GET /failed",
        "GET /health/live",
        "GET /health/ready",
        "GET /language",
        "GET /signin",
        "GET /signin/entra",
        "GET /signin/windows",
        "GET /signout-oidc",
        "GET /signout-callback-oidc",
        "POST /signin/ldap",
        "POST /signin/persona",
        "POST /signout",
        "POST /signout-oidc",
    ];

    public static string[] OpenPages { get; } = ["DeniedPage", "FailedPage", "SignInPage"];

    public static string[] HubMethods { get; } = ["ProgressHub.Watch"];

    /// <summary>Whoever is signed in with any role.</summary>
    public static string[] Read { get; } =
    [
        "GET /",
        "GET /administration",
        "GET /administration/approvals",
        "GET /administration/freeze",
        "GET /administration/roles",
        "GET /administration/sessions",
        "GET /api/v1/batches/",
        "GET /api/v1/batches/{batchId:long}/delta-changes",
        "GET /api/v1/batches/{batchId:long}/delta-preview",
        "GET /api/v1/batches/{batchId:long}/runs",
        "GET /api/v1/batches/{batchId:long}/transfers",
        "GET /api/v1/batches/{batchId:long}/undo-list",
        "GET /api/v1/batches/{batchId:long}/undo-preview",
        "GET /api/v1/batches/{batchId:long}/verification",
        "GET /api/v1/batches/{id:long}",
        "GET /api/v1/batches/{id:long}/comments",
        "GET /api/v1/batches/{id:long}/plan",
        "GET /api/v1/batches/{id:long}/categories",
        "GET /api/v1/batches/{id:long}/preflight",
        "GET /api/v1/batches/{id:long}/right-changes",
        "GET /api/v1/batches/{id:long}/standing",
        "GET /api/v1/batches/{id:long}/timeline",
        "DELETE /api/v1/me/sessions",
        "DELETE /api/v1/me/sessions/{id:long}",
        "DELETE /api/v1/me/tokens/{id:long}",
        "GET /api/v1/freeze",
        "GET /api/v1/inbox",
        "GET /api/v1/me",
        "GET /api/v1/me/sessions",
        "GET /api/v1/me/tokens",
        "GET /api/v1/pool-pairs/",
        "GET /api/v1/pool-pairs/{pair}/checks",
        "GET /api/v1/pool-pairs/{pair}/connections",
        "GET /api/v1/pool-pairs/{pair}/cut-over/",
        "GET /api/v1/pool-pairs/{pair}/options",
        "GET /api/v1/pool-pairs/{pair}/policy/",
        "GET /api/v1/pool-pairs/{pair}/policy/versions",
        "GET /api/v1/pool-pairs/{pair}/principals/",
        "GET /api/v1/pool-pairs/{pair}/principals/{guid:guid}",
        "GET /api/v1/pool-pairs/{pair}/probe",
        "GET /api/v1/pool-pairs/{pair}/rooms",
        "GET /api/v1/pool-pairs/{pair}/scans/latest",
        "GET /api/v1/pool-pairs/{pair}/summary",
        "GET /api/v1/presence",
        "GET /api/v1/reviews",
        "GET /api/v1/roles",
        "GET /api/v1/rooms/{id:long}",
        "GET /api/v1/rooms/{id:long}/files",
        "GET /api/v1/rooms/{id:long}/history",
        "GET /api/v1/rooms/{id:long}/months",
        "GET /api/v1/rooms/{id:long}/people",
        "GET /api/v1/runs/{id:long}",
        "GET /api/v1/runs/{id:long}/transfers",
        "GET /api/reference/{documentName?}",
        "GET /api/{**path}",
        "GET /audit",
        "GET /cut-over",
        "GET /cutover",
        "GET /batches",
        "GET /batches/{Id:long}",
        "GET /hubs/progress",
        "GET /hubs/progress/negotiate",
        "GET /inbox",
        "GET /me",
        "GET /metrics",
        "GET /openapi/{documentName}.json",
        "GET /people",
        "GET /people/{Guid:guid}",
        "GET /reviews",
        "GET /rooms",
        "GET /rooms/{Id:long}",
        "GET /runs",
        "GET /runs/{RunId:long}",
        "GET /{**path:file}",
        "GET /{*path:nonfile}",
        "POST /api/v1/batches/{id:long}/comments",
        "POST /api/v1/me/tokens",
    ];

    /// <summary>Needs a role that a viewer does not have; with a body that is well formed, so that only the right is missing.</summary>
    public static Dictionary<string, string> Acting { get; } = new(StringComparer.Ordinal)
    {
        ["DELETE /api/v1/batches/{id:long}"] = """{}""",
        ["DELETE /api/v1/freeze"] = """{"reason":"r"}""",
        ["PUT /api/v1/freeze"] = """{"reason":"r"}""",
        ["DELETE /api/v1/rooms/{id:long}/accepted"] = """{"reason":"r"}""",
        ["DELETE /api/v1/rooms/{id:long}/left-out"] = """{"reason":"r"}""",
        ["DELETE /api/v1/sessions/{id:long}"] = "",
        ["DELETE /api/v1/tokens/{id:long}"] = "",
        ["GET /api/v1/audit/"] = "",
        ["GET /api/v1/audit/export"] = "",
        ["GET /api/v1/audit/verification"] = "",
        ["GET /api/v1/people"] = "",
        ["GET /api/v1/sessions"] = "",
        ["GET /api/v1/tokens"] = "",
        ["PATCH /api/v1/batches/{id:long}"] = """{"name":"n"}""",
        ["POST /api/v1/batches/"] = """{"poolPairId":"contoso","name":"n","roomIds":["1"]}""",
        ["POST /api/v1/batches/{batchId:long}/cancel"] = """{}""",
        ["POST /api/v1/batches/{batchId:long}/cut-over"] = """{}""",
        ["POST /api/v1/batches/{batchId:long}/delta"] = """{}""",
        ["POST /api/v1/batches/{batchId:long}/pause"] = """{}""",
        ["POST /api/v1/batches/{batchId:long}/resume"] = """{}""",
        ["POST /api/v1/batches/{batchId:long}/start"] = """{}""",
        ["POST /api/v1/batches/{batchId:long}/throttle"] = """{"messagesPerSecond":10}""",
        ["POST /api/v1/batches/{batchId:long}/undo-preview"] = """{}""",
        ["POST /api/v1/batches/{batchId:long}/undo"] = """{"reason":"r"}""",
        ["POST /api/v1/batches/{batchId:long}/findings/accept"] = """{"reason":"r"}""",
        ["POST /api/v1/batches/{batchId:long}/findings/{proofId:long}/accept"] = """{"reason":"r"}""",
        ["POST /api/v1/batches/{batchId:long}/verify"] = """{}""",
        ["POST /api/v1/batches/{id:long}/approve"] = """{"fingerprint":"f"}""",
        ["POST /api/v1/batches/{id:long}/findings/{findingId:long}/acknowledge"] = """{"reason":"r"}""",
        ["POST /api/v1/batches/{id:long}/acknowledge"] = """{"ruleId":"P01","reason":"looked at all of them"}""",
        ["POST /api/v1/batches/{id:long}/recall"] = """{}""",
        ["POST /api/v1/batches/{id:long}/withdraw-approval"] = """{"reason":"r"}""",
        ["PUT /api/v1/pool-pairs/{pair}/policy/"] = """{"approvals":1,"reason":"r"}""",
        ["POST /api/v1/batches/{id:long}/send-back"] = """{"reason":"r"}""",
        ["POST /api/v1/batches/{id:long}/submit"] = """{}""",
        ["POST /api/v1/pool-pairs/{pair}/scans"] = """{}""",
        ["POST /api/v1/rooms/{id:long}/transcript"] = """{"reason":"r"}""",
        ["POST /api/v1/rooms/{id:long}/transcript/{chatId:long}"] = """{"reason":"r","isLegacy":true}""",
        ["PUT /api/v1/pool-pairs/{pair}/cut-over/{number:int}"] = """{"isDone":true,"evidence":"e"}""",
        ["DELETE /api/v1/pool-pairs/{pair}"] = "",
        ["POST /api/v1/pool-pairs/check"] = """{"side":"legacy","settings":{}}""",
        ["PUT /api/v1/pool-pairs/{pair}"] = """{"name":"n"}""",
        ["PUT /api/v1/pool-pairs/{pair}/options"] = """{}""",
        ["PUT /api/v1/rooms/{id:long}/accepted"] = """{"reason":"r"}""",
        ["PUT /api/v1/rooms/{id:long}/left-out"] = """{"reason":"r"}""",
    };

    /// <summary><c>/api/v1/rooms/{id:long}</c> → <c>/api/v1/rooms/1</c>; a number within something is the first.</summary>
    public static string Concrete(string pattern, string id = "1") => Parameter().Replace(pattern, x => x.Value.Contains(":int", StringComparison.Ordinal) ? "1" : id);

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
