namespace MigrationPortal.App;

/// <summary>Every address of the portal, built here and nowhere else. The pool pair travels in each page's query.</summary>
internal static class Urls
{
    public const string SignIn = "/signin";
    public const string SignOut = "/signout";
    public const string Denied = "/denied";

    public static string SignInAgain(string returnUrl) => $"{SignIn}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    /// <summary>Back to the page after an attempt that let nobody in.</summary>
    public static string SignInFailed(MigrationPortal.SignIn.SignInFailure failure, string? returnUrl) =>
        $"{SignIn}?failed={failure.ToString().ToLowerInvariant()}{(returnUrl is null ? "" : $"&returnUrl={Uri.EscapeDataString(returnUrl)}")}";

    public static string SignInBy(string way, string? returnUrl) =>
        $"{SignIn}/{way}{(returnUrl is null ? "" : $"?returnUrl={Uri.EscapeDataString(returnUrl)}")}";

    public static string SignInIn(string language, string? returnUrl) =>
        $"{SignIn}?lang={language}{(returnUrl is null ? "" : $"&returnUrl={Uri.EscapeDataString(returnUrl)}")}";

    public const string Language = "/language";

    /// <summary>Chooses the language and comes back.</summary>
    public static string LanguageOf(string language, string returnUrl) => $"{Language}?lang={language}&returnUrl={Uri.EscapeDataString(returnUrl)}";

    public const string Api = "/api/v1";

    private static readonly string[] ForPrograms = ["/api", "/hubs", "/openapi", "/health"];

    /// <summary>Below these, a refusal is a status and a problem, never a redirect to a page.</summary>
    public static bool IsForPrograms(PathString path) =>
        ForPrograms.Any(prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    public static string Overview(string? pair = null) => WithPair("/", pair);

    public static string Rooms(string? pair = null) => WithPair("/rooms", pair);

    public static string Room(long id, string? pair = null) => WithPair($"/rooms/{id}", pair);

    public static string Room(string id, string? tab, string? pair) =>
        WithPair(tab is null ? $"/rooms/{id}" : $"/rooms/{id}?tab={tab}", pair);

    public static string People(string? pair = null) => WithPair("/people", pair);

    /// <param name="mark">Of those people only; null shows everybody.</param>
    public static string PeopleBy(string? mark, string? search, int skip = 0, string? pair = null)
    {
        var parts = new[] { mark is null ? null : $"mark={mark}", string.IsNullOrEmpty(search) ? null : $"search={Uri.EscapeDataString(search)}", skip > 0 ? $"skip={skip}" : null };
        return WithPair(string.Join('&', parts.OfType<string>()) is { Length: > 0 } query ? $"/people?{query}" : "/people", pair);
    }

    public static string Person(Guid guid, int skip = 0, string? pair = null) => WithPair(skip > 0 ? $"/people/{guid}?skip={skip}" : $"/people/{guid}", pair);

    public static string Batches(string? pair = null) => WithPair("/batches", pair);

    public static string Batch(long id, string? tab = null, string? pair = null) =>
        WithPair(tab is null ? $"/batches/{id}" : $"/batches/{id}?tab={tab}", pair);

    /// <summary>A tab of a batch, from a line on, or with lines of some kind only.</summary>
    public static string BatchPart(long id, string tab, int skip = 0, string? kind = null, string? pair = null) =>
        WithPair($"/batches/{id}?tab={tab}{(skip > 0 ? $"&skip={skip}" : "")}{(kind is null ? "" : $"&kind={kind}")}", pair);

    /// <param name="state">A state's name; null shows all.</param>
    public static string BatchesIn(string? state, int skip = 0, string? pair = null)
    {
        var parts = new[] { state is null ? null : $"state={state}", skip > 0 ? $"skip={skip}" : null }.OfType<string>().ToList();
        return WithPair(parts.Count == 0 ? "/batches" : "/batches?" + string.Join('&', parts), pair);
    }

    public static string ReviewsFrom(int skip, string? pair = null) => WithPair(skip > 0 ? $"/reviews?skip={skip}" : "/reviews", pair);

    public static string Reviews(string? pair = null) => WithPair("/reviews", pair);

    public static string Runs(string? pair = null) => WithPair("/runs", pair);

    public static string Run(long id, string? pair = null) => WithPair($"/runs/{id}", pair);

    public static string CutOver(string? pair = null) => WithPair("/cut-over", pair);

    public static string Audit(string? pair = null) => WithPair("/audit", pair);

    public static string Administration(string? page = null, string? pair = null) =>
        WithPair(page is null ? "/administration" : $"/administration/{page}", pair);

    public static string Me(string? pair = null) => WithPair("/me", pair);

    private static string WithPair(string url, string? pair) =>
        pair is null ? url : $"{url}{(url.Contains('?') ? '&' : '?')}pair={Uri.EscapeDataString(pair)}";
}
