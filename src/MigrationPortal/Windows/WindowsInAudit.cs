using System.Text.Json;
using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Audit;

namespace MigrationPortal.Windows;

/// <summary>Windows before and after a change, and what becomes of runs at their end.</summary>
internal sealed class WindowsInAudit(WindowText text, IStringLocalizer<WindowTexts> texts) : IAuditValues
{
    private const string AtEnd = "atEnd";

    public bool IsOf(string action) => action == SetWindowsHandler.Action;

    public string? Name(string detail) => detail == AtEnd ? texts["AtEnd"].Value : null;

    public string? Value(string detail, string value) => detail switch
    {
        "before" or "after" => Read(value) is { } windows ? text.Sum(windows) : null,
        AtEnd => texts[$"AtEnd.{value}"] is { ResourceNotFound: false } end ? end.Value : null,
        _ => null,
    };

    private static List<Window>? Read(string stored)
    {
        try
        {
            var windows = JsonSerializer.Deserialize<List<Window?>>(stored, ApiJson.Options);
            return windows is not null && windows.TrueForAll(x => x is { Weekdays: not null, Dates: not null }) ? windows.ConvertAll(x => x!) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
