using MigrationPortal.Api;

namespace MigrationPortal.Lists;

/// <summary>A list that is read page by page, as rows of a file: never more than a page of it is in memory.</summary>
internal static class RowsInPages
{
    public static async IAsyncEnumerable<T> ReadAsync<T>(Func<Paging, Task<Page<T>>> read)
    {
        for (var skip = 0; ; skip += Paging.MaxTake)
        {
            var page = await read(new(skip, Paging.MaxTake));
            foreach (var row in page.Items)
                yield return row;
            if (page.Items.Count == 0 || skip + Paging.MaxTake >= page.Total)
                yield break;
        }
    }
}
