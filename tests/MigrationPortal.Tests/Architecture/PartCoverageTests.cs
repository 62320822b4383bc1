using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Architecture;

/// <summary>Every tab, dialog and form is shown by a test in each state that its own source can draw.</summary>
public sealed partial class PartCoverageTests
{
    private static readonly ILookup<Type, PartState> Shown = typeof(PartCoverageTests).Assembly.GetTypes()
        .SelectMany(x => x.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .SelectMany(x => x.GetCustomAttributes<ShowsAttribute>())
        .SelectMany(x => x.States.Select(state => (x.Part, state)))
        .ToLookup(x => x.Part, x => x.state);

    public static TheoryData<string> Parts => [.. Types.Keys.Order(StringComparer.Ordinal)];

    private static readonly Dictionary<string, string> Files = Directory.GetFiles(SourceFolder.Portal, "*.razor", SearchOption.AllDirectories).Where(x => Path.GetFileName(x) != "_Imports.razor").ToDictionary(x => Path.GetFileNameWithoutExtension(x), StringComparer.Ordinal);

    private static Dictionary<string, Type> Types { get; } = typeof(Program).Assembly.GetTypes()
        .Where(x => x.IsAssignableTo(typeof(IComponent)) && Name().IsMatch(x.Name) && Files.ContainsKey(x.Name)).ToDictionary(x => x.Name, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Parts))]
    public void Part_IsShownByATest_InEachOfItsStates(string part)
    {
        var file = Files[part];
        var source = File.ReadAllText(file) + (File.Exists($"{file}.cs") ? File.ReadAllText($"{file}.cs") : "");
        Assert.Equal([], StatesOf(source).Except(Shown[Types[part]]));
    }

    private static IEnumerable<PartState> StatesOf(string source)
    {
        yield return PartState.Filled;
        if (source.Contains("<Skeleton", StringComparison.Ordinal) || source.Contains("<MudSkeleton", StringComparison.Ordinal))
            yield return PartState.Loading;
        if (source.Contains("<EmptyState", StringComparison.Ordinal))
            yield return PartState.Empty;
        if (source.Contains("<ErrorState", StringComparison.Ordinal))
            yield return PartState.Error;
        if (Refusing().IsMatch(source))
            yield return PartState.Refused;
        if (Barring().IsMatch(source))
            yield return PartState.Viewer;
    }

    [GeneratedRegex("(?:Tab|Part|Dialog|Form)$", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("_problem|_refusal|_fromProblem|PlanProblem|Toasts.Refused|Notifications.Refused", RegexOptions.None, 1000)]
    private static partial Regex Refusing();

    [GeneratedRegex("Rights.Require|EditDisabledReason|View.DisabledReason|\\? DisabledReason", RegexOptions.None, 1000)]
    private static partial Regex Barring();
}
