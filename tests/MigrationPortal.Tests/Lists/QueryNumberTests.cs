using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using MigrationPortal.App;
using MigrationPortal.Lists;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.SignIn;

namespace MigrationPortal.Tests.Lists;

/// <summary>Anybody may write anything into an address: it shows a page, with what can be read of it.</summary>
public sealed class QueryNumberTests
{
    [Theory]
    [InlineData(null, 0, null)]
    [InlineData("", 0, null)]
    [InlineData("abc", 0, null)]
    [InlineData("-5", 0, -5L)]
    [InlineData("7", 7, 7L)]
    [InlineData("2147483647", 2147481647, 2147483647L)]
    [InlineData("2147483648", 0, 2147483648L)]
    [InlineData("99999999999999999999", 0, null)]
    public void Number_OfAnyText_IsReadOrIsNone(string? text, int skip, long? number) =>
        Assert.Equal((skip, number), (QueryNumber.Skip(text), QueryNumber.Of(text)));

    [Fact]
    public void Parameters_FromAnAddress_AreTakenAsText()
    {
        var others = typeof(Frame).Assembly.GetTypes().SelectMany(x => x.GetProperties())
            .Where(x => x.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null && x.PropertyType != typeof(string))
            .Select(x => $"{x.DeclaringType!.Name}.{x.Name}");
        Assert.Empty(others);
    }

    [Theory]
    [InlineData("/me?skip=abc&tokens=x")]
    [InlineData("/notifications?skip=99999999999999999999&unread=maybe")]
    [InlineData("/administration/sessions?skip=-1&tokens=2147483648")]
    [InlineData("/administration/mail?skip=0x10")]
    public async Task Page_WithNumbersThatAreNone_IsShown(string address)
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "administrator");
        using var answer = await browser.Http.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<h1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Something went wrong", page, StringComparison.Ordinal);
    }
}
