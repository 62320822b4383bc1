using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace MigrationPortal.App;

/// <summary>
/// MudBlazor's theme as one stylesheet, written once. Its provider in the page would write style elements that the content security policy
/// blocks, and would need a circuit before a dark page is dark; the attribute data-theme alone decides here.
/// </summary>
internal sealed partial class ThemeSheet(IServiceScopeFactory scopes, ILoggerFactory logs) : IDisposable
{
    private static readonly (string Scope, bool IsDark)[] Themes = [(":root", false), (":root[data-theme=dark]", true)];

    private readonly SemaphoreSlim _once = new(1, 1);
    private Sheet? _sheet;

    /// <summary>The address changes with the content, so that browsers may keep it for a year.</summary>
    public async Task<string> UrlAsync() => $"css/theme.css?v={(await GetAsync()).Hash}";

    public async Task<IResult> ServeAsync(HttpContext context)
    {
        var sheet = await GetAsync();
        // A page of another build may ask for its own.
        context.Response.Headers.CacheControl = context.Request.Query["v"] == sheet.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(sheet.Css, "text/css; charset=utf-8");
    }

    public void Dispose() => _once.Dispose();

    private async Task<Sheet> GetAsync()
    {
        if (_sheet is { } written)
            return written;

        await _once.WaitAsync();
        try
        {
            return _sheet ??= await WriteAsync();
        }
        finally
        {
            _once.Release();
        }
    }

    private async Task<Sheet> WriteAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        var css = new StringBuilder();
        foreach (var (selector, isDark) in Themes)
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(MudThemeProvider.Theme)] = PortalTheme.For(selector),
                [nameof(MudThemeProvider.IsDarkMode)] = isDark,
                [nameof(MudThemeProvider.DefaultScrollbar)] = true,
            });
            var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<MudThemeProvider>(parameters)).ToHtmlString());
            css.Append(StyleTag().Replace(html, "\n"));
        }

        var bytes = Encoding.UTF8.GetBytes(css.ToString());
        return new(bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]);
    }

    [GeneratedRegex("</?style[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex StyleTag();

    private sealed record Sheet(byte[] Css, string Hash);
}
