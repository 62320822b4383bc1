using Microsoft.Extensions.Localization;
using MigrationPortal.Runs.Viewing;

namespace MigrationPortal.Verification;

internal sealed class DifferenceNames(IStringLocalizer<VerificationTexts> texts) : IDifferenceNames
{
    public string NameOf(string property) => texts[$"Property.{property}"] is { ResourceNotFound: false } name ? name.Value : texts["Property.Other"].Value;

    public bool Knows(string property) => !texts[$"Property.{property}"].ResourceNotFound;
}
