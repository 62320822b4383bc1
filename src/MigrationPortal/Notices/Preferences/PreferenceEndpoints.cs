using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Outbox;

namespace MigrationPortal.Notices.Preferences;

/// <param name="QuietFrom">As <c>22:00</c>, in the person's zone.</param>
internal sealed record PreferencesBody(IReadOnlyDictionary<string, NoticeMode>? Modes, string? QuietFrom, string? QuietTo, string? DigestAt);

internal sealed record PreferencesJson(
    IReadOnlyList<KindPreference> Kinds, string? QuietFrom, string? QuietTo, string DigestAt, string? Mail, bool SendsMail, string? Language, string? Zone)
{
    public static PreferencesJson Of(PreferencesView view) => new(
        view.Kinds, Text(view.QuietFrom), Text(view.QuietTo), Text(view.DigestAt)!, view.Mail, view.SendsMail, view.Language, view.Zone);

    private static string? Text(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);
}

internal static class PreferenceEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("me/notifications").WithTags("Notifications");
        own.MapGet("", async (PreferenceQueries queries, ClaimsPrincipal user, CancellationToken cancel) =>
            TypedResults.Ok(PreferencesJson.Of(await queries.FindAsync(user.ToCaller(), cancel)))).Produces<PreferencesJson>();
        own.MapPut("", SetAsync).Produces<PreferencesJson>();
    }

    private static async Task<IResult> SetAsync(PreferencesBody body, SetPreferencesHandler handler, PreferenceQueries queries, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        foreach (var text in new[] { body.QuietFrom, body.QuietTo, body.DigestAt })
        {
            if (!string.IsNullOrEmpty(text) && Time(text) is null)
                return new Refusal("time-invalid", RefusalKind.Invalid, text).ToProblem();
        }

        var caller = user.ToCaller();
        var request = new SetPreferences(body.Modes ?? new Dictionary<string, NoticeMode>(StringComparer.Ordinal), Time(body.QuietFrom), Time(body.QuietTo), Time(body.DigestAt));
        var outcome = await handler.HandleAsync(request, caller, cancellationToken);
        return outcome.IsDone ? TypedResults.Ok(PreferencesJson.Of(await queries.FindAsync(caller, cancellationToken))) : outcome.Refusal.ToProblem();
    }

    /// <summary>Null for an empty text and for one that is no time of day.</summary>
    internal static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
