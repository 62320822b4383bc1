using MigrationPortal.Ui;

namespace MigrationPortal.Setup;

internal static class SetupUrls
{
    extension(Urls)
    {
        /// <param name="edit">A kept pair whose connections are changed; null adds one.</param>
        public static string Setup(string? step = null, string? edit = null) => (step, edit) switch
        {
            (null, null) => "/setup",
            (_, null) => $"/setup?step={step}",
            (null, _) => $"/setup?edit={Uri.EscapeDataString(edit)}",
            _ => $"/setup?step={step}&edit={Uri.EscapeDataString(edit)}",
        };
    }
}
