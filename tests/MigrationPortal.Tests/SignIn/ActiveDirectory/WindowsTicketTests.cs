namespace MigrationPortal.Tests.SignIn.ActiveDirectory;

/// <summary>Tickets that were good somewhere, once or to somebody else.</summary>
public sealed class WindowsTicketTests
{
    private const string In = "302 /rooms";
    private const string Out = "401 ";

    [DomainFact]
    public async Task SignIn_TicketOfAForeignRealm_IsRefusedEvenWhereItsKeyIsKnown()
    {
        await using var world = await KerberosWorld.CreateAsync();
        var foreign = await TestDomain.GetForeignAsync();
        await using (var portal = world.Start("http"))
        {
            Assert.Equal(Out, await world.SignInAsync("viewer1", await KerberosWorld.LocalhostAsync(portal), domain: foreign));
            Assert.StartsWith("The ticket was rejected", await world.LastRefusalAsync(), StringComparison.Ordinal);
        }

        // A machine may serve two realms: the ticket is then as good as can be, and viewer1 is somebody here as well.
        var both = Path.Combine(world.Folder, "both.keytab");
        await File.WriteAllBytesAsync(both, [.. await File.ReadAllBytesAsync(world.Keytab("http")), .. (await File.ReadAllBytesAsync($"{foreign.Folder}/keytabs/http"))[2..]]);
        await using var believing = world.Start(both);
        Assert.Equal(Out, await world.SignInAsync("viewer1", await KerberosWorld.LocalhostAsync(believing), domain: foreign));
        Assert.Equal("viewer1@OTHER.TEST belongs to another realm.", await world.LastRefusalAsync());
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.sessions"));
        world.Forget("viewer1");
        Assert.Equal(In, await world.SignInAsync("viewer1", await KerberosWorld.LocalhostAsync(believing)));
    }

    // A client whose clock is behind believes that its ticket is not valid yet and does not even show it.
    [DomainTheory]
    [InlineData("+4m", In)]
    [InlineData("-4m", In)]
    [InlineData("+6m", Out)]
    [InlineData("-6m", Out)]
    public async Task SignIn_ClientsClockOff_IsRefusedBeyondFiveMinutes(string clock, string answer)
    {
        await using var world = await KerberosWorld.CreateAsync();
        await using var portal = world.Start("http");
        await world.TicketForAsync("viewer1", "HTTP/localhost");
        Assert.Equal(answer, await world.SignInAsync("viewer1", await KerberosWorld.LocalhostAsync(portal), clock));
        if (clock == "+6m")
            Assert.StartsWith("The ticket was rejected", await world.LastRefusalAsync(), StringComparison.Ordinal);
    }

    [DomainTheory]
    [InlineData("+6m")]
    [InlineData("-6m")]
    public async Task SignIn_PortalsClockOff_IsRefusedBeyondFiveMinutes(string clock)
    {
        await using var world = await KerberosWorld.CreateAsync();
        await using var portal = world.Start("http", clock: clock);
        Assert.Equal(Out, await world.SignInAsync("viewer1", await KerberosWorld.LocalhostAsync(portal)));
        Assert.StartsWith("The ticket was rejected", await world.LastRefusalAsync(), StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task SignIn_KeytabFromBeforeTheAccountsNewPassword_IsRefusedUntilItIsMadeAnew()
    {
        await using var world = await KerberosWorld.CreateAsync();
        var keytab = Path.Combine(world.Folder, "rotated.keytab");
        File.Copy(world.Keytab("rotated"), keytab);
        await using var portal = world.Start(keytab);
        var port = (await portal.AddressAsync()).Port;
        Task<string> SignInAsync() =>
            world.SignInAsync("viewer1", $"http://rotated.lab.test:{port}/", more: ["--resolve", $"rotated.lab.test:{port}:127.0.0.1"]);
        Assert.Equal(In, await SignInAsync());

        await world.Domain.ChangeAsync("user", "setpassword", "svc-rotated", "--newpassword=An0ther!Passw0rd");
        world.Forget("viewer1");
        Assert.Equal(Out, await SignInAsync());
        Assert.StartsWith("The ticket was rejected", await world.LastRefusalAsync(), StringComparison.Ordinal);

        // The new key beside the old one; the portal needs no restart for it.
        await TestDomain.RunAsync("samba-tool", ["domain", "exportkeytab", keytab, "--principal=HTTP/rotated.lab.test", "-s", $"{world.Domain.Folder}/etc/smb.conf"]);
        Assert.Equal(In, await SignInAsync());
    }
}
