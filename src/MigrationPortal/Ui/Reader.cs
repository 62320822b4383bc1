using System.Globalization;

namespace MigrationPortal.Ui;

/// <summary>Whoever reads the page. Only texts for people follow their language: the current culture stays one for all, so that what programs read never changes.</summary>
internal static class Reader
{
    public static CultureInfo Culture => CultureInfo.CurrentUICulture;
}
