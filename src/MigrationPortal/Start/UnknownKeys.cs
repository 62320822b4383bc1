using System.Reflection;

namespace MigrationPortal.Start;

/// <summary>A mistyped key would silently leave its setting at nothing.</summary>
internal static class UnknownKeys
{
    public static IEnumerable<string> In<T>(IConfigurationSection list) =>
        list.GetChildren().SelectMany(item => Below(item, typeof(T)));

    public static IEnumerable<string> Of<T>(IConfigurationSection section) => Below(section, typeof(T));

    private static IEnumerable<string> Below(IConfigurationSection section, Type type)
    {
        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(x => x.CanWrite).ToDictionary(x => x.Name, x => x.PropertyType, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (!known.TryGetValue(child.Key, out var property))
                yield return $"{child.Path} is not a known setting: {section.Path} can have {string.Join(", ", known.Keys)}.";
            else if (property.IsGenericType && property.GetGenericTypeDefinition() == typeof(List<>))
            {
                foreach (var mistake in child.GetChildren().Where(x => x.GetChildren().Any()).SelectMany(item => Below(item, property.GenericTypeArguments[0])))
                    yield return mistake;
            }
            else if (child.GetChildren().Any())
            {
                foreach (var mistake in Below(child, property))
                    yield return mistake;
            }
        }
    }
}
