using Microsoft.Extensions.Localization;
using MudBlazor;

namespace MigrationPortal.App;

/// <summary>MudBlazor's own texts in the reader's language; those without a translation stay in its English.</summary>
internal sealed class MudTexts(IStringLocalizer<MudTexts> texts) : MudLocalizer
{
    public override LocalizedString this[string key] => texts[key];
}
