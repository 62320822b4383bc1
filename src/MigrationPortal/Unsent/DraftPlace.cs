using System.Globalization;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Unsent;

/// <summary>Whose draft it is, and where.</summary>
internal static class DraftPlace
{
    public static Outcome<string> Read(string? text)
    {
        // A server leaves an escaped slash of a path as it is.
        var place = text?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase) ?? "";
        return place.Length is 0 or > Draft.MostOfPlace || place.Any(char.IsControl) ? new Refusal("draft-place", RefusalKind.Invalid, Draft.MostOfPlace) : place;
    }

    public static async Task<string> PersonAsync(PortalDbContext db, Caller caller, CancellationToken cancellationToken) =>
        (await CallerPerson.FindAsync(db, caller, cancellationToken))?.ToString(CultureInfo.InvariantCulture) ?? caller.Name;
}
