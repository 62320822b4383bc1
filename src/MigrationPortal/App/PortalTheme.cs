using MudBlazor;

namespace MigrationPortal.App;

/// <summary>The colours of tokens.css in MudBlazor's slots, and its sizes. Amber and teal have no slot: only the two sides of a pool pair use them.</summary>
internal static class PortalTheme
{
    private static readonly string[] Sans = ["Inter Variable", "Inter Until Loaded", "DejaVu Until Loaded", "Segoe UI", "system-ui", "sans-serif"];

    /// <param name="scope">The CSS selector that the variables stand under.</param>
    public static MudTheme For(string scope) => new()
    {
        PaletteLight = Light(),
        PaletteDark = Dark(),
        LayoutProperties = new() { DefaultBorderRadius = "6px", DrawerWidthLeft = "212px", AppbarHeight = "48px" },
        Typography = new()
        {
            Default = new DefaultTypography { FontFamily = Sans, FontSize = "1rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = Sans, FontSize = "1rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Sans, FontSize = "1rem", LineHeight = "1.45", LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = Sans, FontSize = "1.154rem", FontWeight = "620", LineHeight = "1.4", LetterSpacing = "-.01em" },
            Button = new ButtonTypography { FontFamily = Sans, FontSize = "1rem", FontWeight = "550", LineHeight = "1.5", LetterSpacing = "normal", TextTransform = "none" },
        },
        PseudoCss = new() { Scope = scope },
    };

    private static PaletteLight Light() => new()
    {
        Background = "#f6f7f9", Surface = "#ffffff", AppbarBackground = "#ffffff", DrawerBackground = "#ffffff", BackgroundGray = "#eef0f4", TableHover = "#f3f5f8",
        LinesDefault = "#dfe3e9", TableLines = "#dfe3e9", Divider = "#dfe3e9", LinesInputs = "#c5ccd6",
        TextPrimary = "#171c24", AppbarText = "#171c24", TextSecondary = "#4d5766", ActionDefault = "#4d5766", DrawerText = "#4d5766", DrawerIcon = "#626c7a", TextDisabled = "#626c7a",
        Primary = "#2f57c9", Info = "#2f57c9", Secondary = "#6f3fb5", Success = "#1b7a3d", Warning = "#8f5400", Error = "#b3261e",
    };

    // White on the dark theme's light accents fails WCAG's contrast: each has its own text colour.
    private static PaletteDark Dark() => new()
    {
        Background = "#0f1318", Surface = "#161b22", AppbarBackground = "#161b22", DrawerBackground = "#161b22", BackgroundGray = "#1c222b", TableHover = "#1a2029",
        LinesDefault = "#2a323d", TableLines = "#2a323d", Divider = "#2a323d", LinesInputs = "#3c4653",
        TextPrimary = "#e8ecf2", AppbarText = "#e8ecf2", TextSecondary = "#aab4c2", ActionDefault = "#aab4c2", DrawerText = "#aab4c2", DrawerIcon = "#95a0af", TextDisabled = "#95a0af",
        Primary = "#8aa9ff", Info = "#8aa9ff", Secondary = "#c3a1ff", Success = "#6fcf91", Warning = "#f0b354", Error = "#ff938a",
        PrimaryContrastText = "#0d1526", InfoContrastText = "#0d1526", SecondaryContrastText = "#1c1030", SuccessContrastText = "#08210f", WarningContrastText = "#2a1b00", ErrorContrastText = "#330b08",
    };
}
