using System.Text.Json.Nodes;

namespace MigrationPortal.Tests.SignIn.OpenIdConnect;

public sealed class IdTokenTests : IDisposable
{
    private readonly TokenSmith _smith = new();

    public void Dispose() => _smith.Dispose();

    [Theory]
    [InlineData("RS256", "k1")]
    [InlineData("PS256", "k1")]
    [InlineData("ES256", "e1")]
    public void Validate_GoodToken_GivesItsClaims(string algorithm, string key)
    {
        var answer = _smith.Judge(_smith.Sign(TokenSmith.Header(algorithm, key), TokenSmith.Claims()));
        Assert.Null(answer.Refused);
        Assert.Equal("anna", answer.Claims!.Value.GetProperty("sub").GetString());
    }

    [Theory]
    [InlineData("exp", "{now-121}", "expired")]
    [InlineData("exp", "-1", "expired")]
    [InlineData("exp", "1e400", "cannot be read")]
    [InlineData("exp", "9223372036854775807", "expired")]
    [InlineData("exp", "null", "cannot be read")]
    [InlineData("exp", "\"4000000000\"", "expired")]
    [InlineData("iat", "{now+121}", "future")]
    [InlineData("iat", "[]", "cannot be read")]
    [InlineData("nbf", "{now+121}", "not valid yet")]
    [InlineData("nbf", "\"0\"", "not valid yet")]
    [InlineData("iss", "\"https://login.example/t/v2.0/\"", "issuer")]
    [InlineData("iss", "\"HTTPS://login.example/t/v2.0\"", "issuer")]
    [InlineData("iss", "[\"https://login.example/t/v2.0\"]", "cannot be read")]
    [InlineData("aud", "\"Portal\"", "audience")]
    [InlineData("aud", "[]", "audience")]
    [InlineData("aud", "[\"portal\"]", "azp")]
    [InlineData("aud", "{\"a\":\"portal\"}", "cannot be read")]
    [InlineData("azp", "\"other\"", "azp")]
    [InlineData("azp", "[\"portal\"]", "cannot be read")]
    [InlineData("sub", "\"\"", "subject")]
    [InlineData("sub", "7", "subject")]
    [InlineData("sub", "\"\\ud800\"", "cannot be read")]
    [InlineData("nonce", "\"the-nonc\"", "nonce")]
    [InlineData("nonce", "null", "nonce")]
    [InlineData("tid", "\"11111111-2222-3333-4444-555555555556\"", "tenant")]
    [InlineData("tid", "\"{11111111-2222-3333-4444-555555555555}\"", "tenant")]
    [InlineData("at_hash", "\"AAAA\"", "at_hash")]
    [InlineData("at_hash", "null", "at_hash")]
    public void Validate_ClaimSaysSomethingElse_IsRefusedForIt(string claim, string value, string why)
    {
        var claims = TokenSmith.Claims();
        var now = TokenSmith.Now.ToUnixTimeSeconds();
        var text = value.Replace("{now-121}", $"{now - 121}", StringComparison.Ordinal).Replace("{now+121}", $"{now + 121}", StringComparison.Ordinal);
        claims[claim] = "%";
        AssertRefused(_smith.Sign(TokenSmith.Header().ToJsonString(), claims.ToJsonString().Replace("\"%\"", text, StringComparison.Ordinal)), why);
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("iat")]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("sub")]
    [InlineData("nonce")]
    [InlineData("tid")]
    public void Validate_ClaimMissing_IsRefused(string claim)
    {
        var claims = TokenSmith.Claims();
        claims.Remove(claim);
        AssertRefused(_smith.Sign(TokenSmith.Header(), claims), "");
    }

    [Theory]
    [InlineData("""{"alg":"none","kid":"k1"}""", "algorithm")]
    [InlineData("""{"alg":"rs256","kid":"k1"}""", "algorithm")]
    [InlineData("""{"alg":"HS256","kid":"k1"}""", "algorithm")]
    [InlineData("""{"alg":"RS512","kid":"k1"}""", "algorithm")]
    [InlineData("""{"alg":["RS256"],"kid":"k1"}""", "cannot be read")]
    [InlineData("""{"kid":"k1"}""", "algorithm")]
    [InlineData("""{"alg":"RS256","alg":"RS256","kid":"k1"}""", "JSON object")]
    [InlineData("""{"alg":"RS256","kid":"k1","crit":[]}""", "extensions")]
    [InlineData("""{"alg":"RS256"}""", "no key")]
    [InlineData("""{"alg":"RS256","kid":""}""", "no key")]
    [InlineData("""{"alg":"ES256","kid":"k1"}""", "signature")]
    [InlineData("""{"alg":"RS256","kid":"e1"}""", "signature")]
    [InlineData("""{"alg":"PS256","kid":"e1"}""", "signature")]
    [InlineData("""["RS256"]""", "JSON object")]
    [InlineData("""{"alg":"RS256","kid":"\ud800"}""", "cannot be read")]
    public void Validate_HeaderSaysSomethingElse_IsRefused(string header, string why) =>
        AssertRefused(_smith.Sign(header, TokenSmith.Claims().ToJsonString()), why);

    [Fact]
    public void Validate_UnknownKey_IsRefused() => AssertRefused(_smith.Sign(TokenSmith.Header(key: "k9"), TokenSmith.Claims()), "no key");

    [Fact]
    public void Validate_KeyBroughtAlong_IsNotLookedAt()
    {
        using var stranger = new TokenSmith();
        var key = stranger.Key.ExportParameters(false);
        var header = TokenSmith.Header();
        header["jwk"] = new JsonObject { ["kty"] = "RSA", ["n"] = System.Buffers.Text.Base64Url.EncodeToString(key.Modulus), ["e"] = "AQAB" };
        header["jku"] = "https://evil.example/keys";
        header["x5u"] = "https://evil.example/certificate";
        AssertRefused(stranger.Sign(header, TokenSmith.Claims()), "signature");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    public void Validate_NoToken_IsRefused(string? token) => AssertRefused(token, "");

    [Fact]
    public void Validate_SameBytesInOtherWords_AreRefused()
    {
        var token = _smith.Sign(TokenSmith.Header(), TokenSmith.Claims());
        // The last character of a signature holds bits that no byte uses: fifteen others decode to the same bytes.
        foreach (var last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Where(c => c != token[^1]))
            AssertRefused(token[..^1] + last, "");
        AssertRefused(token + "==", "");
        AssertRefused(token.Insert(20, "\n"), "");
    }

    [Fact]
    public void Validate_TooLong_IsRefusedUnread()
    {
        var claims = TokenSmith.Claims();
        claims["padding"] = new string('x', 70_000);
        AssertRefused(_smith.Sign(TokenSmith.Header(), claims), "too long");
    }

    [Fact]
    public void Validate_SeveralAudiencesWithOurs_IsAcceptedWithAzp()
    {
        var claims = TokenSmith.Claims();
        claims["aud"] = new JsonArray("other", "portal");
        AssertRefused(_smith.Sign(TokenSmith.Header(), claims), "azp");
        claims["azp"] = "portal";
        Assert.Null(_smith.Judge(_smith.Sign(TokenSmith.Header(), claims)).Refused);
    }

    [Fact]
    public void Validate_KeyTooWeak_IsRefused()
    {
        using var weak = new TokenSmith(keyBits: 1024);
        Assert.Contains("weak", weak.Judge(weak.Sign(TokenSmith.Header(), TokenSmith.Claims())).Refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_IssuerTwice_IsRefused()
    {
        var claims = TokenSmith.Claims().ToJsonString();
        AssertRefused(_smith.Sign(TokenSmith.Header().ToJsonString(), claims.Insert(1, "\"iss\":\"https://evil.example\",")), "each name once");
    }

    [Fact]
    public void Validate_Encrypted_IsRefused()
    {
        var encrypted = new Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler().EncryptToken(
            _smith.Sign(TokenSmith.Header(), TokenSmith.Claims()),
            new Microsoft.IdentityModel.Tokens.EncryptingCredentials(new Microsoft.IdentityModel.Tokens.RsaSecurityKey(_smith.Key), "RSA-OAEP", "A256CBC-HS512"));
        AssertRefused(encrypted, "");
    }

    private void AssertRefused(string? token, string why)
    {
        var answer = _smith.Judge(token);
        Assert.Null(answer.Claims);
        Assert.Contains(why, answer.Refused, StringComparison.Ordinal);
    }
}
