using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Lists;

namespace MigrationPortal.Jobs;

/// <summary>What the nodes work on as a file, what is running first.</summary>
internal sealed class JobsFile(JobLines jobs, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<JobTexts> words)
{
    public IResult Answer(string? format, CancellationToken cancellationToken) =>
        ListFile.Of(format, "jobs", words["Title"], Columns(), RowsInPages.ReadAsync(x => ListAsync(x, cancellationToken)));

    private async Task<Page<JobLine>> ListAsync(Paging paging, CancellationToken cancellationToken)
    {
        var picture = await jobs.ListAsync(paging, cancellationToken);
        return new(picture.Total, picture.Lines);
    }

    private IReadOnlyList<ListColumn<JobLine>> Columns() =>
    [
        new(titles["Work"], x => JobNames.Of(words, x.Kind)),
        new(titles["Subject"], x => x.Key),
        new(titles["State"], x => words[x.Node is null ? "Waiting" : "Running"].Value),
        new(titles["Node"], x => x.Node),
        new(titles["Since"], x => x.Since),
    ];
}
