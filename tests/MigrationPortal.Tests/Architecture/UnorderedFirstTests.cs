using System.Text.RegularExpressions;

namespace MigrationPortal.Tests.Architecture;

/// <summary>"First" of a whole table is any row of it. Where there is one row at most, a query says so: by its key, or by "single".</summary>
public sealed partial class UnorderedFirstTests
{
    [Fact]
    public void Queries_FirstWithoutFilterAndOrder_IsNone() =>
        Assert.Equal([], ResourceFiles.Code.SelectMany(file => UnorderedFirst().Matches(file.Value).Select(x => $"{Path.GetFileName(file.Key)}: {x.Value}")).Order(StringComparer.Ordinal));

    // EF takes what FromSql filters for a whole table, too.
    [GeneratedRegex("""\.Set<\w+>\(\)\s*(\.FromSql\(\$+"+.*?"+\))?\s*(\.AsNoTracking\(\))?\s*\.First(OrDefault)?(Async)?\((cancellationToken)?\)""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex UnorderedFirst();
}
