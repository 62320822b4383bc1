using Microsoft.Extensions.Options;
using MigrationPortal.Notices;
using MigrationPortal.Notices.Webhooks;

namespace MigrationPortal.Tests.Notices;

public sealed class ValidateNotificationsOptionsTests
{
    [Fact]
    public void Webhooks_WithoutThePortalsAddress_NameBothKeysAndWhatToDo()
    {
        var failures = Validate("", "hooks.contoso.com").Failures!.ToList();
        var sentence = Assert.Single(failures);
        Assert.All(["Notifications:PublicUrl", "Webhooks:AllowedHosts", "https://portal.contoso.com", "empty Webhooks:AllowedHosts"], x => Assert.Contains(x, sentence, StringComparison.Ordinal));
        Assert.True(Validate("https://portal.contoso.com", "hooks.contoso.com").Succeeded);
        Assert.True(Validate("").Succeeded);
    }

    [Theory]
    [InlineData("portal@contoso.com", true)]
    [InlineData(" portal@contoso.com ", true)]
    [InlineData("Portal <portal@contoso.com>", false)]
    [InlineData("portal", false)]
    public void Sender_IsAnAddressAlone(string from, bool isRight)
    {
        var options = new NotificationsOptions { PublicUrl = "https://portal.contoso.com", Smtp = new() { Host = "localhost", From = from, Security = SmtpSecurity.StartTls } };
        var failures = new ValidateNotificationsOptions(Options.Create(new WebhooksOptions())).Validate(null, options).Failures ?? [];
        Assert.Equal(isRight ? [] : ["Notifications:Smtp:From must be the sender's mail address, such as portal@contoso.com."], failures);
    }

    private static ValidateOptionsResult Validate(string publicUrl, params string[] hosts) =>
        new ValidateNotificationsOptions(Options.Create(new WebhooksOptions { AllowedHosts = [.. hosts] })).Validate(null, new NotificationsOptions { PublicUrl = publicUrl });
}
