using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

/// <summary>What a directory has as a mail address.</summary>
public sealed class MailAddressTests
{
    [Fact]
    public async Task Address_ThatIsNone_IsGivenUpAtOnce_AndKeepsNobodyElsesMailBack()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        await world.Database.ExecuteAsync("update portal.people set mail = 'a@x.com; b@x.com' where name = 'anna'");
        await world.Database.ExecuteAsync("update portal.people set mail = 'Marek <marek@contoso.com>' where name = 'marek'");
        await world.SubmittedAsync("Wave 1", "Desk");
        await node.HandOutAsync();

        Assert.Equal(3, await node.SendAsync());
        Assert.Equal(["both@contoso.com", "duo@contoso.com", "marek@contoso.com"], smtp.To.Order(StringComparer.Ordinal));
        Assert.Equal("anna Mail.BadAddress", await world.Database.ScalarAsync<string>(
            "select p.name || ' ' || (d.error::jsonb ->> 'key') from portal.deliveries d join portal.people p on p.id = d.person_id where d.state <> 'Sent'"));
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(*) from portal.deliveries where state = 'Dead'"));

        var anna = new Caller("anna", "anna", new HashSet<Role> { Role.Administrator })
        {
            PersonId = await world.Database.ScalarAsync<long>("select id from portal.people where name = 'anna'"),
        };
        Assert.Contains("anna", Refused(await node.Test.HandleAsync(anna, CancellationToken.None), "mail-bad-address").Message, StringComparison.Ordinal);
    }
}
