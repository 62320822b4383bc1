using System.Collections.ObjectModel;
using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Engine;

namespace MigrationPortal.Api;

/// <summary>Refusals as RFC 9457 problems: a stable <c>code</c> for programs, the sentence as <c>detail</c> in the language that was asked for in the language that was asked for.</summary>
internal static class Problems
{
    public static IResult ToProblem(this Refusal refusal) => Problem(StatusOf(refusal.Kind), refusal);

    /// <summary>200 with the value, or the refusal.</summary>
    public static IResult ToResult<T>(this Outcome<T> outcome) => outcome.ToResult(value => TypedResults.Ok(value));

    public static IResult ToResult<T>(this Outcome<T> outcome, Func<T, IResult> done) =>
        outcome.IsDone ? done(outcome.Value) : outcome.Refusal.ToProblem();

    public static IResult Problem(int status, Refusal refusal) => Results.Problem(
        refusal.Message, statusCode: status, title: ReasonPhrases.GetReasonPhrase(status), type: "about:blank", extensions: ExtensionsOf(refusal));

    private static Dictionary<string, object?> ExtensionsOf(Refusal refusal)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = refusal.Code };
        foreach (var (name, value) in refusal.Details?.Values ?? ReadOnlyDictionary<string, object?>.Empty)
            extensions[name] = value;
        return extensions;
    }

    /// <param name="what">Variant of the sentence: <c>room</c>, <c>run</c> …</param>
    public static IResult NotFound(string what, string id) => new Refusal($"not-found.{what}", RefusalKind.NotFound, id).ToProblem();

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.NotAllowed => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
