using Microsoft.Extensions.Localization;
using MigrationPortal.Engine;

namespace MigrationPortal.SignIn.Access;

/// <summary>Roles and what gives them, in the reader's language.</summary>
internal static class AccessWords
{
    public static string Of(Role role) => new Wording($"Role.{role}").ToString();

    public static string Of(IEnumerable<Role> roles) => string.Join(", ", roles.Order().Select(Of));

    /// <summary>"Planner (category Trading)".</summary>
    public static string Of(IStringLocalizer<AccessTexts> texts, Grant grant) => grant.IsEverywhere ? Of(grant.Role) : texts["RoleIn", Of(grant.Role), Where(texts, grant)];

    public static string Where(IStringLocalizer<AccessTexts> texts, Grant grant) => grant switch
    {
        { IsEverywhere: true } => texts["Everywhere"],
        { Category: null } => texts["InPair", grant.PoolPairId!],
        { PoolPairId: null } => texts["InCategory", grant.Category],
        _ => texts["InPairAndCategory", grant.PoolPairId, grant.Category],
    };

    // "group Trading-Planners", "app role Planner", "persona", as rules write them; the configuration names the group alone.
    public static string Origin(IStringLocalizer<AccessTexts> texts, string? origin) => origin switch
    {
        null => "",
        "persona" => texts["Origin.Persona"],
        _ when origin.StartsWith("group ", StringComparison.Ordinal) => texts["Origin.Group", origin["group ".Length..]],
        _ when origin.StartsWith("app role ", StringComparison.Ordinal) => texts["Origin.AppRole", origin["app role ".Length..]],
        _ => origin,
    };
}
