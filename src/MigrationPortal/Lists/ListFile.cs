using System.Globalization;
using System.Text;
using Microsoft.JSInterop;
using MigrationPortal.Api;
using MigrationPortal.Ui;
using Microsoft.Net.Http.Headers;

namespace MigrationPortal.Lists;

internal enum ListFormat
{
    Csv,
    Xlsx,
}

/// <summary>Lists as files. Every list's endpoint answers with one of these.</summary>
internal static class ListFile
{
    /// <param name="format">As it was asked for; nothing asks for CSV.</param>
    /// <param name="name">Of the file, before its date: letters, digits and hyphens.</param>
    /// <param name="title">What the list is called, in the reader's language.</param>
    public static IResult Of<T>(string? format, string name, string title, IReadOnlyList<ListColumn<T>> columns, IAsyncEnumerable<T> rows)
    {
        var asked = Words.ReadOne<ListFormat>("format", format);
        return asked.IsDone ? new ListFile<T>(asked.Value ?? ListFormat.Csv, name, title, columns, rows) : asked.Refusal.ToProblem();
    }

    public static RouteHandlerBuilder ProducesFile(this RouteHandlerBuilder endpoint) =>
        endpoint.Produces(StatusCodes.Status200OK, contentType: CsvFile.ContentType, additionalContentTypes: XlsxFile.ContentType);
}

/// <summary>
/// Written to a temporary file first, which is gone when it is sent: the database is free again however slowly the browser reads, and a list that
/// cannot be read to its end is a problem and never a file that lacks rows.
/// </summary>
internal sealed class ListFile<T>(ListFormat format, string name, string title, IReadOnlyList<ListColumn<T>> columns, IAsyncEnumerable<T> rows) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancellationToken) = (httpContext.Response, httpContext.RequestAborted);
        var time = httpContext.RequestServices.GetRequiredService<TimeProvider>();
        await using var file = await WriteAsync(cancellationToken);
        response.ContentType = ContentType;
        response.ContentLength = file.Length;
        response.Headers.CacheControl = "no-store";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(NameAt(time.GetUtcNow()));
        response.Headers.ContentDisposition = disposition.ToString();
        await file.CopyToAsync(response.Body, cancellationToken);
    }

    /// <summary>For a list that one page alone has, so that no address leads to it: its browser gets it over the circuit.</summary>
    public async Task SaveAsync(IJSRuntime browser, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var file = await WriteAsync(cancellationToken);
        using var stream = new DotNetStreamReference(file, leaveOpen: true);
        await browser.TellAsync("portalFiles.save", cancellationToken, NameAt(time.GetUtcNow()), ContentType, stream);
    }

    private string ContentType => format == ListFormat.Csv ? $"{CsvFile.ContentType}; charset={Encoding.UTF8.WebName}" : XlsxFile.ContentType;

    private string NameAt(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}-{now.UtcDateTime:yyyyMMdd-HHmmss}.{(format == ListFormat.Csv ? "csv" : "xlsx")}");

    // From its beginning on.
    private async Task<FileStream> WriteAsync(CancellationToken cancellationToken)
    {
        var file = PrivateFile.Create();
        try
        {
            if (format == ListFormat.Csv)
                await CsvFile.WriteAsync(file, columns, rows, cancellationToken);
            else
                await XlsxFile.WriteAsync(file, title, columns, rows, cancellationToken);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
