using Bunit;
using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Tests;

/// <summary>
/// Waits as bUnit does, but for one thing: a look that fails, because what it looks for is not drawn yet or for a moment not, is looked
/// again. bUnit's own gives up there, and stands aside for this one because it is of a namespace around each test's.
/// </summary>
internal static class Waiting
{
    public static void WaitForState<T>(this IRenderedComponent<T> shown, Func<bool> holds)
        where T : IComponent => shown.WaitForAssertion(() => Assert.True(holds(), "It is not so yet."));
}
