using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace MigrationPortal.Api;

/// <summary>
/// A request reaches its endpoint whatever the type of its body, also without one, and the endpoint says what is wrong with it. Otherwise routing
/// prefers the address that stands for all others, and the answer is that there is nothing.
/// </summary>
internal static class AnyMediaType
{
    private const string Any = "*/*";

    public static void AcceptAnyMediaType(this RouteGroupBuilder api) => ((IEndpointConventionBuilder)api).Finally(endpoint =>
    {
        if (endpoint.Metadata.OfType<IAcceptsMetadata>().LastOrDefault() is { } accepts && !accepts.ContentTypes.Contains(Any))
            endpoint.Metadata.Add(new AcceptsMetadata([.. accepts.ContentTypes, Any], accepts.RequestType, accepts.IsOptional));
    });

    /// <summary>The document names what an endpoint reads.</summary>
    public static void LeaveOut(OpenApiOptions options) => options.AddOperationTransformer((operation, _, _) =>
    {
        operation.RequestBody?.Content?.Remove(Any);
        return Task.CompletedTask;
    });
}
