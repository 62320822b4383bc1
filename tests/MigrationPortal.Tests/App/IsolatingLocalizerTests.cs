using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MigrationPortal.App;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Tests.App;

/// <summary>A name in a dialog or a toast, which are texts of a resource, cannot turn the rest of the sentence.</summary>
public sealed class IsolatingLocalizerTests
{
    [Theory]
    [InlineData("Wave 1", "Wave 1")]
    [InlineData("Payroll \u202Egnp.exe", "Payroll [U+202E]gnp.exe")]
    [InlineData("\u05E9\u05DC\u05D5\u05DD", "\u2068\u05E9\u05DC\u05D5\u05DD\u2069")]
    [InlineData("\u05E9\u05DC\u05D5\u05DD \u202E1", "\u2068\u05E9\u05DC\u05D5\u05DD [U+202E]1\u2069")]
    public void Text_WithAName_KeepsTheDirectionOfTheNameToItself(string name, string shown)
    {
        using var services = new ServiceCollection().AddLogging().AddIsolatingLocalization().BuildServiceProvider();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

        Assert.Equal($"Delete batch “{shown}”?", services.GetRequiredService<IStringLocalizer<BatchPage>>()["DeleteTitle", name].Value);
        Assert.Equal($"2 rooms added to “{shown}”", services.GetRequiredService<IStringLocalizer<AddToBatchDialog>>().Count("Done", 2, name));
    }

    [Fact]
    public async Task Portal_ForItsPages_HasTheTextsThatIsolateNames()
    {
        await using var portal = await PortalApp.StartAsync();

        Assert.IsType<IsolatingLocalizerFactory>(portal.Get<IStringLocalizerFactory>());
    }
}
