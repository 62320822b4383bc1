using Microsoft.Extensions.Localization;
using MigrationPortal.Lists;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews.Policy;

/// <summary>The versions of a pool pair's policy as a file, newest first.</summary>
internal sealed class PolicyVersionsFile(PolicyQueries policies, PolicyText text, PersonNames names, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<PolicyTexts> words)
{
    public IResult Answer(string? format, string poolPairId, CancellationToken cancellationToken) => ListFile.Of(
        format,
        $"review-policy-{poolPairId}",
        words["Versions"],
        Columns(),
        RowsInPages.ReadAsync(x => policies.VersionsAsync(poolPairId, x, cancellationToken)).Select(NamedAsync));

    private IReadOnlyList<ListColumn<Named>> Columns() =>
    [
        new(titles["Version"], x => x.Version.Version),
        new(titles["Time"], x => x.Version.At),
        new(titles["User"], x => x.By),
        new(titles["SecondPerson"], x => x.Second),
        new(titles["Needs"], x => PlainText.Of(text.Sum(x.Version.Body) + (x.Version.AlsoOpen ? $" {words["AppliedToOpen"]}" : ""))),
        new(titles["Reason"], x => x.Version.Reason),
    ];

    private async ValueTask<Named> NamedAsync(PolicyVersion version, CancellationToken cancellationToken) => new(
        version, await names.FindAsync(version.By, cancellationToken), version.ConfirmedBy is { } second ? await names.FindAsync(second, cancellationToken) : null);

    private sealed record Named(PolicyVersion Version, string By, string? Second);
}
