using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using MigrationPortal.Telemetry;
using MigrationPortal.Ui;

namespace MigrationPortal.Api;

/// <summary>Whatever goes wrong below /api still answers a problem with a code: bad input, no sign-in, no right, a bug of ours.</summary>
internal sealed partial class ApiFaults(ILogger<ApiFaults> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The request's own path is the error page's by now.
        var path = new PathString(httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path);
        if (!Urls.IsForPrograms(path))
            return false;

        if (exception is BadHttpRequestException bad)
        {
            var detail = bad.InnerException is System.Text.Json.JsonException json
                ? $"The body is not the JSON that was expected (line {json.LineNumber + 1}, at '{json.Path ?? "$"}')."
                : Unbound().Match(bad.Message) is { Success: true } value
                    ? $"{value.Groups["name"].Value} takes {Kind(value.Groups["type"].Value)}, not “{value.Groups["text"].Value}”."
                    : bad.Message;
            await Problems.Problem(bad.StatusCode, "malformed-request", detail).ExecuteAsync(httpContext);
            return true;
        }

        LogFault(exception, httpContext.Request.Method, path);
        await Problems.Problem(500, "internal-error", $"The portal failed to answer; its log names this request by {PortalTelemetry.TraceId ?? httpContext.TraceIdentifier}.").ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Gives a bare status (401, 403, 404, 405 …) below /api its problem.</summary>
    public static Task DescribeStatusAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (!Urls.IsForPrograms(http.Request.Path))
            return Task.CompletedTask;

        var (code, detail) = http.Response.StatusCode switch
        {
            401 => ("not-signed-in", "Sign in, or send an API token as 'Authorization: Bearer <token>'."),
            403 => ("not-allowed", "You have no role in this portal; ask an administrator for one."),
            404 => ("not-found", $"There is nothing at {http.Request.Path}."),
            405 => ("method-not-allowed", $"{http.Request.Method} is not offered at {http.Request.Path}."),
            429 => ("too-many-requests", "Too many unknown API tokens came from this address; wait a minute."),
            415 => ("malformed-request", "Send the body as application/json."),
            _ => ("refused", "The request was refused."),
        };
        return Problems.Problem(http.Response.StatusCode, code, detail).ExecuteAsync(http);
    }

    private static string Kind(string type) => type switch
    {
        "int" or "long" => "a whole number",
        "bool" => "true or false",
        "DateTimeOffset" => "a time such as 2026-11-30T08:00:00Z",
        "Guid" => "a guid",
        _ => "another value",
    };

    // Failed to bind parameter "Nullable<int> skip" from "abc".
    [GeneratedRegex("""^Failed to bind parameter "(Nullable<)?(?<type>\w+)>?\??\s(?<name>\w+)" from "(?<text>.*)"\.$""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unbound();

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFault(Exception exception, string method, string path);
}
