using System.Text.Json;
using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;

namespace MigrationPortal.Reviews.Policy;

/// <summary>Fields of a policy that two administrators set, as a reader sees them.</summary>
internal sealed class PolicyConflicts(IStringLocalizer<PolicyTexts> texts, PolicyText text, PersonNames names)
{
    public async Task<IReadOnlyList<ConflictRow>> OfAsync(IReadOnlyList<FieldConflict> met)
    {
        var rows = new List<ConflictRow>();
        foreach (var x in met)
            rows.Add(new(x.Field, texts[$"Conflict.{x.Field}"], Value(x.Field, x.Base), Value(x.Field, x.Theirs), Value(x.Field, x.Yours), await names.FindAsync(x.By, CancellationToken.None), x.At));
        return rows;
    }

    private string Value(string field, string? value) => (field, value) switch
    {
        (PolicyMerge.Rules, not null) => text.Rules(JsonSerializer.Deserialize<List<PolicyRule>>(value, JsonSerializerOptions.Web)!),
        ("starter", not null) => texts[$"Starter.{value}"],
        (_, "True") => texts["Conflict.Yes"],
        (_, "False") => texts["Conflict.No"],
        _ => value ?? texts["Conflict.Never"],
    };
}
