using System.Text.Json.Nodes;

namespace MigrationPortal.Tests.SignIn.OpenIdConnect;

public sealed class LogoutTokenTests : IDisposable
{
    private readonly TokenSmith _smith = new();

    public void Dispose() => _smith.Dispose();

    [Fact]
    public void Validate_GoodToken_SaysWhichSessionIsOver()
    {
        var answer = _smith.JudgeLogout(_smith.Sign(TokenSmith.Header(), TokenSmith.LogoutClaims()));
        Assert.Null(answer.Refused);
        Assert.Equal("the-session", answer.Claims!.Value.GetProperty("sid").GetString());
    }

    [Theory]
    [InlineData("iss", "\"https://evil.example\"", "issuer")]
    [InlineData("aud", "\"other\"", "audience")]
    [InlineData("exp", "1", "expired")]
    [InlineData("iat", "4000000000", "future")]
    [InlineData("events", "null", "events")]
    [InlineData("events", "[\"http://schemas.openid.net/event/backchannel-logout\"]", "events")]
    [InlineData("events", "{\"http://schemas.openid.net/event/other\":{}}", "events")]
    [InlineData("events", "{\"http://schemas.openid.net/event/backchannel-logout\":true}", "events")]
    [InlineData("nonce", "\"the-nonce\"", "nonce")]
    [InlineData("sid", "\"\"", "sid")]
    [InlineData("sid", "7", "sid")]
    public void Validate_ClaimSaysSomethingElse_IsRefusedForIt(string claim, string value, string why)
    {
        var claims = TokenSmith.LogoutClaims();
        claims[claim] = JsonNode.Parse(value);
        AssertRefused(_smith.Sign(TokenSmith.Header(), claims), why);
    }

    [Fact]
    public void Validate_SomebodyElsesSignatureOrNone_IsRefused()
    {
        using var stranger = new TokenSmith();
        AssertRefused(stranger.Sign(TokenSmith.Header(), TokenSmith.LogoutClaims()), "signature");
        AssertRefused($"{TokenSmith.Part("""{"alg":"none","kid":"k1"}""")}.{TokenSmith.Part(TokenSmith.LogoutClaims().ToJsonString())}.", "");
    }

    [Fact]
    public void IdTokenAndLogoutToken_InPlaceOfEachOther_AreRefused()
    {
        AssertRefused(_smith.Sign(TokenSmith.Header(), TokenSmith.Claims()), "events");
        Assert.Null(_smith.Judge(_smith.Sign(TokenSmith.Header(), TokenSmith.LogoutClaims())).Claims);
    }

    private void AssertRefused(string token, string why)
    {
        var answer = _smith.JudgeLogout(token);
        Assert.Null(answer.Claims);
        Assert.Contains(why, answer.Refused, StringComparison.Ordinal);
    }
}
