using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.SignIn.OpenIdConnect;

/// <summary>
/// Whatever random change is made to a good token, it is never accepted as anything but what was signed. The seed is printed;
/// <c>PORTAL_SEED</c> repeats a run.
/// </summary>
public sealed class IdTokenMutationTests(ITestOutputHelper output)
{
    private const int Rounds = 20_000;
    private const int ResignedRounds = 2_000;

    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("PORTAL_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();

    [Fact]
    public void Validate_TextChangedAtRandom_IsNeverAccepted()
    {
        output.WriteLine($"seed {_seed}");
        var random = new Random(_seed);
        using var smith = new TokenSmith();
        var good = smith.Sign(TokenSmith.Header(), TokenSmith.Claims());
        Assert.Null(smith.Judge(good).Refused);
        for (var round = 0; round < Rounds; round++)
        {
            var spoilt = ChangeText(good, random);
            Assert.True(spoilt == good || smith.Judge(spoilt).Claims is null, $"seed {_seed}, round {round}: {spoilt}");
        }
    }

    [Fact]
    public void Validate_ClaimsChangedAtRandomAndSignedAgain_AreAcceptedOnlyForThisPortal()
    {
        output.WriteLine($"seed {_seed}");
        var random = new Random(_seed);
        using var smith = new TokenSmith();
        for (var round = 0; round < ResignedRounds; round++)
        {
            var claims = TokenSmith.Claims();
            ChangeClaim(claims, random);
            if (smith.Judge(smith.Sign(TokenSmith.Header(), claims)).Claims is { } accepted)
                Assert.True(IsMeantForUs(accepted), $"seed {_seed}, round {round}: {claims.ToJsonString()}");
        }
    }

    // Said again, in other words than the validator's.
    private static bool IsMeantForUs(JsonElement claims)
    {
        var now = TokenSmith.Now.ToUnixTimeSeconds();
        var expected = TokenSmith.Expected;
        bool Is(string name, string value) => claims.TryGetProperty(name, out var x) && x.ValueKind == JsonValueKind.String && x.ValueEquals(value);
        return Is("iss", expected.Issuer) && Is("nonce", expected.Nonce) && Is("tid", $"{expected.Tenant}")
            && (Is("aud", "portal") || Is("azp", "portal"))
            && claims.GetProperty("exp").GetInt64() >= now - 120 && claims.GetProperty("iat").GetInt64() <= now + 120
            && (!claims.TryGetProperty("nbf", out var begins) || begins.GetInt64() <= now + 120)
            && claims.GetProperty("sub").GetString() is { Length: > 0 };
    }

    private static string ChangeText(string token, Random random)
    {
        var text = new StringBuilder(token);
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0: text[at] = (char)random.Next(1, 128); break;
                case 1: text.Insert(at, "=. \n+/A_"[random.Next(8)]); break;
                case 2: text.Remove(at, Math.Min(text.Length - at, random.Next(1, 10))); break;
                case 3: text.Append("=.A \t"[random.Next(5)]); break;
                default: (text[at], text[random.Next(text.Length)]) = (text[random.Next(text.Length)], text[at]); break;
            }

            if (text.Length == 0)
                break;
        }

        return text.ToString();
    }

    private static void ChangeClaim(JsonObject claims, Random random)
    {
        var names = claims.Select(x => x.Key).Append("azp").ToArray();
        var name = names[random.Next(names.Length)];
        var now = TokenSmith.Now.ToUnixTimeSeconds();
        JsonNode? value = random.Next(9) switch
        {
            0 => null,
            1 => JsonValue.Create(random.NextInt64()),
            2 => JsonValue.Create(-random.NextInt64()),
            3 => JsonValue.Create(now + random.Next(-400, 400)),
            4 => JsonValue.Create(random.NextDouble() * 4e9),
            5 => JsonValue.Create("portal"),
            6 => new JsonArray("portal", "other"),
            7 => new JsonObject { ["portal"] = true },
            _ => JsonValue.Create(Guid.NewGuid().ToString()),
        };
        if (random.Next(8) == 0)
            claims.Remove(name);
        else
            claims[name] = value;
    }
}
