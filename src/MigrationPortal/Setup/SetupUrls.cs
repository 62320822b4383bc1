using MigrationPortal.Ui;

namespace MigrationPortal.Setup;

internal static class SetupUrls
{
    extension(Urls)
    {
        public static string Setup(string? step = null) => step is null ? "/setup" : $"/setup?step={step}";
    }
}
