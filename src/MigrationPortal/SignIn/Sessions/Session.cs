using System.Buffers.Text;
using System.Security.Cryptography;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.Sessions;

/// <summary>One browser of one person. The cookie holds a random key, this table its hash: reading the table lets nobody in.</summary>
internal sealed class Session
{
    public long Id { get; init; }

    public required byte[] KeyHash { get; init; }

    public required long PersonId { get; init; }

    public required SignInMethod Method { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>However busy it is.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public string? Address { get; init; }

    public string? Browser { get; init; }

    /// <summary>Encrypted; only given back to the provider when this session signs out there.</summary>
    public string? IdToken { get; init; }

    /// <summary>The provider's name (<c>sid</c>) for its session that this one came by: signing out there ends it here.</summary>
    public string? ProviderSession { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? EndedBy { get; init; }

    public string? EndReason { get; init; }
}

/// <summary>Secrets that are given away once and recognised by their hash. 256 random bits need no slow hash.</summary>
internal static class Secret
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));
}
