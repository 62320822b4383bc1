using System.Text.Json;

namespace MigrationPortal.Batches.Api;

/// <summary>A body that may be missing altogether, as in <c>curl -X POST …/submit</c>.</summary>
internal static class OptionalBody
{
    public static async Task<T?> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        if (request.ContentLength is 0 or null && !request.Headers.TransferEncoding.Contains("chunked"))
            return null;
        try
        {
            return await request.ReadFromJsonAsync<T>(cancellationToken);
        }
        catch (JsonException malformed)
        {
            throw new BadHttpRequestException("The body is not the JSON that was expected.", StatusCodes.Status400BadRequest, malformed);
        }
        catch (InvalidOperationException unreadable)
        {
            throw new BadHttpRequestException("Send the body as application/json.", StatusCodes.Status415UnsupportedMediaType, unreadable);
        }
    }
}
