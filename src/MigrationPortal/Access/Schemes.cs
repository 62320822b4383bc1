namespace MigrationPortal.Access;

internal static class Schemes
{
    /// <summary>Picks one of the two below by what the request brings.</summary>
    public const string Portal = "Portal";

    public const string Session = "Session";

    public const string Entra = "Entra";

    public const string Bearer = "Bearer";

    public const string BearerPrefix = "Bearer ";

    public static bool IsBearer(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase);
}
