using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using MigrationPortal.Engine;

namespace MigrationPortal.Api;

/// <summary>
/// The value for which an endpoint answered a bare 400. The endpoints that the compiler generates say nothing of an optional value that they
/// cannot read, e.g. <c>take=some</c>; so it is looked for again, by the types of the endpoint's parameters.
/// </summary>
internal static class UnreadValue
{
    /// <returns>Null where every value can be read.</returns>
    public static Refusal? Find(HttpContext http)
    {
        foreach (var parameter in http.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            var type = Nullable.GetUnderlyingType(parameter.ParameterInfo.ParameterType) ?? parameter.ParameterInfo.ParameterType;
            var (name, text) = TextOf(http, parameter);
            if (!string.IsNullOrEmpty(text) && !CanRead(type, text))
                return Refuse(KindOf(type), name, text);
        }

        return null;
    }

    /// <param name="kind">Of the sentence: <c>number</c>, <c>bool</c>, <c>time</c>, <c>guid</c> or <c>value</c>.</param>
    public static Refusal Refuse(string kind, string name, string text) => new($"malformed-request.{kind}", RefusalKind.Invalid, name, text);

    private static (string Name, string? Text) TextOf(HttpContext http, IParameterBindingMetadata parameter)
    {
        var attributes = parameter.ParameterInfo.GetCustomAttributes().ToList();
        if (attributes.OfType<IFromHeaderMetadata>().FirstOrDefault() is { } header)
            return (header.Name ?? parameter.Name, http.Request.Headers[header.Name ?? parameter.Name]);
        var name = attributes.OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? attributes.OfType<IFromRouteMetadata>().FirstOrDefault()?.Name ?? parameter.Name;
        return (name, http.Request.RouteValues.TryGetValue(name, out var value) ? value?.ToString() : http.Request.Query[name]);
    }

    // The types that queries and addresses have; of another one nothing can be said.
    private static bool CanRead(Type type, string text) =>
        type == typeof(int) ? int.TryParse(text, CultureInfo.InvariantCulture, out _)
        : type == typeof(long) ? long.TryParse(text, CultureInfo.InvariantCulture, out _)
        : type == typeof(double) ? double.TryParse(text, CultureInfo.InvariantCulture, out _)
        : type == typeof(bool) ? bool.TryParse(text, out _)
        : type == typeof(Guid) ? Guid.TryParse(text, out _)
        : type == typeof(DateTimeOffset) ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _)
        : type == typeof(DateTime) ? DateTime.TryParse(text, CultureInfo.InvariantCulture, out _)
        : type == typeof(DateOnly) ? DateOnly.TryParse(text, CultureInfo.InvariantCulture, out _)
        : !type.IsEnum || Enum.TryParse(type, text, out _);

    private static string KindOf(Type type) =>
        type == typeof(int) || type == typeof(long) || type == typeof(double) ? "number"
        : type == typeof(bool) ? "bool"
        : type == typeof(Guid) ? "guid"
        : type == typeof(DateTimeOffset) || type == typeof(DateTime) || type == typeof(DateOnly) ? "time"
        : "value";
}
