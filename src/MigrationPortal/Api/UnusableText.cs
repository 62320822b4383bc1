using Microsoft.Extensions.Primitives;
using MigrationPortal.Ui;

namespace MigrationPortal.Api;

/// <summary>
/// U+0000, and one half of a surrogate pair without the other: no database of the portal holds either, so that they are refused at the
/// door, wherever in a request they stand. Bodies are read by <see cref="TextConverter"/>.
/// </summary>
internal static class UnusableText
{
    public const string Sentence = "holds U+0000 or one half of a character (a lone surrogate); send it without.";

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

    public static async Task RefuseAsync(HttpContext http, RequestDelegate next)
    {
        if ((Find(http.Request) ?? await FindInFormAsync(http)) is not { } place)
            await next(http);
        else if (Urls.IsForPrograms(http.Request.Path))
            await Problems.Problem(400, "unusable-text", $"{place} {Sentence}").ExecuteAsync(http);
        else
            await Results.Text($"{place} {Sentence}", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(http);
    }

    private static async Task<string?> FindInFormAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return null;
        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return form.Any(x => IsIn(x.Key) || Holds(x.Value)) ? "A field of the form" : null;
        }
        catch (InvalidDataException failure) when (failure.InnerException is InvalidOperationException)
        {
            // What reads forms fails at %00 itself: "The form value contains invalid characters."
            return "A field of the form";
        }
        catch (InvalidDataException)
        {
            // Too large, or no form: whoever binds it answers that.
            return null;
        }
    }

    private static string? Find(HttpRequest request)
    {
        if (IsIn(request.Path.Value))
            return "The address";
        if (request.Query.FirstOrDefault(x => IsIn(x.Key) || Holds(x.Value)) is { Key: { } key })
            return IsIn(key) ? "The name of a query value" : $"The query value {key}";
        return request.Headers.FirstOrDefault(x => Holds(x.Value)) is { Key: { } name } ? $"The header {name}" : null;
    }

    private static bool Holds(StringValues values) => values.Any(IsIn);
}
