using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Architecture;

/// <summary>Every page is rendered by a test of its own, before the circuit and after.</summary>
public sealed partial class PageCoverageTests
{
    // Their data is there when they are rendered: they are the same before the circuit.
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal) { "DeniedPage", "FailedPage", "NotFoundPage", "SignInPage" };

    private static readonly IReadOnlyList<string> Tests = [.. Directory.GetFiles(SourceFolder.Tests, "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText)];

    public static TheoryData<string> Pages => [.. typeof(Program).Assembly.GetTypes().Where(x => x.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Length > 0).Select(x => x.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_IsRenderedByATest_BeforeAndAfterTheCircuit(string page)
    {
        var rendering = Tests.Where(x => Regex.IsMatch(x, $@"Render<{page}>\(", RegexOptions.None, TimeSpan.FromSeconds(1))).ToList();
        Assert.NotEmpty(rendering);
        Assert.True(Plain.Contains(page) || rendering.Any(x => BeforeCircuit().IsMatch(x)), $"No test renders {page} before the circuit.");
    }

    [GeneratedRegex(@"isInteractive: false|SetRendererInfo\(new\(""Static""", RegexOptions.None, 1000)]
    private static partial Regex BeforeCircuit();
}
