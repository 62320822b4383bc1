using Bunit;
using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Tests.Shared;

internal static class ErrorStates
{
    /// <summary>That one sentence says what could not be read, and that one can try again.</summary>
    public static void ShowsItsError<T>(this IRenderedComponent<T> shown, string sentence)
        where T : IComponent => shown.WaitForAssertion(() =>
    {
        var state = Assert.Single(shown.FindAll(".state.failed"));
        Assert.Equal("alert", state.GetAttribute("role"));
        Assert.Contains(sentence, state.QuerySelector("p")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Try again", state.QuerySelector("button")!.TextContent.Trim());
    });
}
