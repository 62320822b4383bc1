using System.Diagnostics;
using OpenTelemetry;

namespace MigrationPortal.Telemetry;

/// <summary>
/// Takes out of every trace what could hold a person's name or a message: statements, queries of addresses (searches), and what an
/// exception says. Where and how long stay.
/// </summary>
internal sealed class WithoutContent : BaseProcessor<Activity>
{
    private static readonly string[] Removed =
    [
        "db.query.text", "db.statement", "db.query.summary", "url.query", "url.full", "http.url", "http.target", "user_agent.original", "client.address", "enduser.id", "exception.message",
    ];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Removed)
            data.SetTag(tag, null);
        if (data.Status == ActivityStatusCode.Error)
            data.SetStatus(ActivityStatusCode.Error);
    }
}
