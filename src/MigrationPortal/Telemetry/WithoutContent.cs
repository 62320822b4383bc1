using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace MigrationPortal.Telemetry;

/// <summary>
/// Takes out of every trace what could hold a person's name or a message: statements, what was typed into an address, and what an
/// exception says. Where and how long stay.
/// </summary>
internal sealed class WithoutContent : BaseProcessor<Activity>
{
    private static readonly string[] Removed =
    [
        "db.query.text", "db.statement", "db.query.summary", "url.query", "url.full", "http.url", "http.target", "user_agent.original", "client.address", "enduser.id", "exception.message",
    ];

    /// <summary>
    /// Of an exception its type and where it was thrown. Its message can quote a value: invalid input syntax for type uuid: "Anna". An event
    /// cannot be changed once it is written, so this is asked before.
    /// </summary>
    public static ActivityListener Exceptions { get; } = new()
    {
        ShouldListenTo = _ => true,
        ExceptionRecorder = (_, exception, ref tags) =>
        {
            tags.Add("exception.message", "");
            // Not ToString, which begins with the message.
            tags.Add("exception.stacktrace", exception.StackTrace ?? "");
        },
    };

    /// <summary>
    /// Of how long SqlClient's statements take: where and how they ended. What they read (<c>db.query.summary</c>) is taken from the
    /// statement, and each would be a series of its own.
    /// </summary>
    public static MetricStreamConfiguration? OfStatements(Instrument instrument) =>
        instrument.Meter.Name == "OpenTelemetry.Instrumentation.SqlClient"
            ? new MetricStreamConfiguration { TagKeys = ["db.system.name", "db.namespace", "server.address", "server.port", "db.response.status_code", "error.type"] }
            : null;

    public override void OnEnd(Activity data)
    {
        // SqlClient names a span after what its statement reads; Npgsql, after the database.
        if (data.GetTagItem("db.query.summary") is not null)
            data.DisplayName = data.GetTagItem("db.namespace") as string ?? data.Source.Name;
        foreach (var tag in Removed)
            data.SetTag(tag, null);
        // What somebody typed into an address may be a name as well: of a path its template is sent, and of one that leads nowhere nothing.
        if (data.GetTagItem("url.path") is not null)
            data.SetTag("url.path", data.GetTagItem("http.route"));
        if (data.Status == ActivityStatusCode.Error)
            data.SetStatus(ActivityStatusCode.Error);
    }
}
