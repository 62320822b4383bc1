namespace MigrationPortal.Ui;

/// <summary>A page of the administration; each feature registers its own.</summary>
/// <param name="Key">Of the text <c>Administration.KEY</c> in <see cref="Parts"/>.</param>
/// <param name="Order">Among the pages.</param>
internal sealed record AdministrationPlace(string Key, int Order, Func<string?, string> UrlOf);

internal sealed class AdministrationPlaces(IEnumerable<AdministrationPlace> places)
{
    public IReadOnlyList<AdministrationPlace> All { get; } = [.. places.OrderBy(x => x.Order)];
}

internal static class AdministrationPlaceRegistration
{
    /// <param name="path">Below <c>/administration</c>; empty for the pool pairs.</param>
    public static IServiceCollection AddAdministrationPlace(this IServiceCollection services, string key, int order, string path = "") =>
        services.AddSingleton(new AdministrationPlace(key, order, pair => Urls.WithPair(path.Length == 0 ? "/administration" : $"/administration/{path}", pair)));
}
