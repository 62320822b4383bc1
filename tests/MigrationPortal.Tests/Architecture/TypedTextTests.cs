using System.Text.RegularExpressions;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Architecture;

/// <summary>A field whose value is drawn without being bound is sent each key's text back, over the letters that were typed meanwhile.</summary>
public sealed partial class TypedTextTests
{
    [Fact]
    public void Field_ThatHearsEachKey_IsBound() => Assert.Empty(
        from file in Directory.GetFiles(SourceFolder.Portal, "*.razor", SearchOption.AllDirectories)
        from field in Field().Matches(File.ReadAllText(file)).Select(x => x.Value)
        where field.Contains("@oninput", StringComparison.Ordinal) && field.Contains(" value=\"@", StringComparison.Ordinal) && !field.Contains("type=\"hidden\"", StringComparison.Ordinal)
        select $"{Path.GetFileName(file)}: {field}");

    // Lambdas have a > inside: a field ends at /> or, if it has content, at the end of its line.
    [GeneratedRegex("<(?:input|textarea)\\b.*?(?:/>|>\\s*$|></textarea>)", RegexOptions.Singleline | RegexOptions.Multiline, 1000)]
    private static partial Regex Field();
}
