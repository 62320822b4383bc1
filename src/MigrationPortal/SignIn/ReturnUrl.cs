using MigrationPortal.Ui;

namespace MigrationPortal.SignIn;

internal static class ReturnUrl
{
    /// <summary>Where to go on after signing in: a path of this portal, never another site (<c>//evil</c>, <c>/\evil</c>).</summary>
    public static string Safe(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : Urls.Overview();
}
