using System.Globalization;
using MigrationPortal.Api;

namespace MigrationPortal.Lists;

/// <summary>
/// A number that a page's address has, read leniently. A page takes it as text: Blazor ends the page where a parameter of a number's type
/// cannot be read, and anybody may write anything into an address.
/// </summary>
internal static class QueryNumber
{
    /// <returns>From 0; 0 where there is no such number.</returns>
    public static int Skip(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var skip) ? Math.Clamp(skip, 0, Paging.MaxSkip) : 0;

    /// <returns>Null where there is no such number.</returns>
    public static long? Of(string? text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
