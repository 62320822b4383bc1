using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MigrationPortal.Api;

/// <summary>How bodies are read and written: enums by name alone, since a number would pass for one that there is not.</summary>
internal static class ApiJson
{
    /// <summary>For a part of a body that is read later than the rest.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new TextConverter());
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(RefuseNothings);
        return options;
    }

    // A list of windows, rules and the like has no gaps; what a text may be, each use case says.
    private static void RefuseNothings(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        var lists = type.Properties.Where(x => x.Get is not null && x.PropertyType.IsAssignableTo(typeof(IEnumerable<object>)) && !x.PropertyType.IsAssignableTo(typeof(IEnumerable<string>))).ToList();
        if (lists.Count > 0)
        {
            type.OnDeserialized = body =>
            {
                if (lists.Exists(x => x.Get!(body) is IEnumerable<object?> items && items.Contains(null)))
                    throw new JsonException();
            };
        }
    }

    /// <exception cref="BadHttpRequestException">It is not what was expected there.</exception>
    public static T? Read<T>(JsonElement part)
    {
        try
        {
            return part.Deserialize<T>(Options);
        }
        catch (JsonException malformed)
        {
            throw new BadHttpRequestException("The body is not the JSON that was expected.", StatusCodes.Status400BadRequest, malformed);
        }
    }
}
