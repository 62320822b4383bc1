using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Telemetry;
using MigrationPortal.Ui;

namespace MigrationPortal.Api;

/// <summary>
/// Whatever goes wrong below /api still answers a problem with a code: bad input, no sign-in, no right, a bug of ours. A request that
/// cannot be read is answered here for pages, too.
/// </summary>
internal sealed partial class ApiFaults(ILogger<ApiFaults> log) : IExceptionHandler
{
    // As long as work that waits for the database looks again at most.
    private const string RetryAfterSeconds = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The request's own path is the error page's now.
        var path = new PathString(httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path);
        var isForPrograms = Urls.IsForPrograms(path);
        if (exception is BadHttpRequestException bad)
        {
            // Pages as well: the page for failures would read the request again, and fail at the same place.
            var refusal = Malformed(bad);
            await (isForPrograms ? Problems.Problem(bad.StatusCode, refusal) : Results.Text(refusal.Message, statusCode: bad.StatusCode)).ExecuteAsync(httpContext);
            return true;
        }

        if (!isForPrograms)
            return false;
        if (Outage.IsOfPortal(exception))
        {
            LogAway(httpContext.Request.Method, path, exception.GetBaseException().Message);
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            await new Refusal("portal-database.request", RefusalKind.Unavailable).ToProblem().ExecuteAsync(httpContext);
            return true;
        }

        LogFault(exception, httpContext.Request.Method, path);
        await Problems.Problem(500, new("internal-error", RefusalKind.Invalid, PortalTelemetry.TraceId ?? httpContext.TraceIdentifier)).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Gives a bare status (401, 403, 404, 405 …) below /api its problem.</summary>
    public static Task DescribeStatusAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (!Urls.IsForPrograms(http.Request.Path))
            return Task.CompletedTask;

        Refusal refusal = http.Response.StatusCode switch
        {
            401 => new("not-signed-in"),
            403 => new("not-allowed.no-role"),
            404 => new("not-found.address", RefusalKind.NotFound, http.Request.Path.Value),
            405 => new("method-not-allowed", RefusalKind.Invalid, http.Request.Method, http.Request.Path.Value),
            429 => new("too-many-requests"),
            415 => new("malformed-request.media-type"),
            400 => UnreadValue.Find(http) ?? new("refused"),
            _ => new("refused"),
        };
        return Problems.Problem(http.Response.StatusCode, refusal).ExecuteAsync(http);
    }

    private static Refusal Malformed(BadHttpRequestException bad)
    {
        if (bad.InnerException is System.Text.Json.JsonException json)
            return new("malformed-request.json", RefusalKind.Invalid, json.LineNumber + 1 ?? 1, json.Path ?? "$");
        return Unbound().Match(bad.Message) is { Success: true } value
            ? new($"malformed-request.{Kind(value.Groups["type"].Value)}", RefusalKind.Invalid, value.Groups["name"].Value, value.Groups["text"].Value)
            : new("malformed-request", RefusalKind.Invalid, bad.Message);
    }

    private static string Kind(string type) => type switch
    {
        "int" or "long" => "number",
        "bool" => "bool",
        "DateTimeOffset" => "time",
        "Guid" => "guid",
        _ => "value",
    };

    // Failed to bind parameter "Nullable<int> skip" from "abc".
    [GeneratedRegex("""^Failed to bind parameter "(Nullable<)?(?<type>\w+)>?\??\s(?<name>\w+)" from "(?<text>.*)"\.$""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unbound();

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} found the portal's own database away: {Reason}")]
    private partial void LogAway(string method, string path, string reason);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFault(Exception exception, string method, string path);
}
