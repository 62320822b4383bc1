using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using MigrationPortal.Engine;

namespace MigrationPortal.App;

/// <summary>Isolates every name that is filled into a text of a resource, so that it cannot turn the rest of the sentence.</summary>
internal sealed class IsolatingLocalizer(IStringLocalizer texts) : IStringLocalizer
{
    public LocalizedString this[string name] => texts[name];

    public LocalizedString this[string name, params object[] arguments] => texts[name, [.. arguments.Select(x => x is string text ? DisplayText.InSentence(text) : x)]];

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => texts.GetAllStrings(includeParentCultures);
}

internal sealed class IsolatingLocalizerFactory(ResourceManagerStringLocalizerFactory texts) : IStringLocalizerFactory
{
    public IStringLocalizer Create(Type resourceSource) => new IsolatingLocalizer(texts.Create(resourceSource));

    public IStringLocalizer Create(string baseName, string location) => new IsolatingLocalizer(texts.Create(baseName, location));
}

internal static class IsolatingTexts
{
    public static IServiceCollection AddIsolatingLocalization(this IServiceCollection services)
    {
        services.AddLocalization();
        services.TryAddSingleton<ResourceManagerStringLocalizerFactory>();
        return services.Replace(ServiceDescriptor.Singleton<IStringLocalizerFactory, IsolatingLocalizerFactory>());
    }
}
