using Microsoft.Extensions.Primitives;
using MigrationPortal.Engine;
using MigrationPortal.Ui;

namespace MigrationPortal.Api;

/// <summary>
/// U+0000, and one half of a surrogate pair without the other: no database of the portal holds either, so that they are refused at the
/// door, wherever in a request they stand. Bodies are read by <see cref="TextConverter"/>.
/// </summary>
internal static class UnusableText
{
    public static bool IsIn(string? text)
    {
        for (var i = 0; i < text?.Length; i++)
        {
            if (text[i] == '\0' || char.IsLowSurrogate(text[i]))
                return true;
            if (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
                return true;
        }

        return false;
    }

    /// <param name="place">Where it stands: the subject of the sentence.</param>
    public static Refusal Refuse(Wording place) => new("unusable-text", RefusalKind.Invalid, place);

    public static async Task RefuseAsync(HttpContext http, RequestDelegate next)
    {
        if ((Find(http.Request) ?? await FindInFormAsync(http)) is not { } place)
            await next(http);
        else if (Urls.IsForPrograms(http.Request.Path))
            await Problems.Problem(400, Refuse(place)).ExecuteAsync(http);
        else
            await Results.Text(Refuse(place).Message, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(http);
    }

    private static async Task<Wording?> FindInFormAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return null;
        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return form.Any(x => IsIn(x.Key) || Holds(x.Value)) ? new Wording("Place.FormField") : null;
        }
        catch (InvalidDataException failure) when (failure.InnerException is InvalidOperationException)
        {
            // What reads forms fails at %00 itself: "The form value contains invalid characters."
            return new("Place.FormField");
        }
        catch (InvalidDataException)
        {
            // Too large, or no form: whoever binds it answers that.
            return null;
        }
    }

    private static Wording? Find(HttpRequest request)
    {
        if (IsIn(request.Path.Value))
            return new("Place.Address");
        if (request.Query.FirstOrDefault(x => IsIn(x.Key) || Holds(x.Value)) is { Key: { } key })
            return IsIn(key) ? new("Place.QueryName") : new("Place.QueryValue", key);
        return request.Headers.FirstOrDefault(x => Holds(x.Value)) is { Key: { } name } ? new("Place.Header", name) : null;
    }

    private static bool Holds(StringValues values) => values.Any(IsIn);
}
