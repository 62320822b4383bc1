using System.Security.Authentication;
using Microsoft.Data.SqlClient;

namespace MigrationPortal.Engine.Sql;

/// <summary>Why a connection could not be encrypted: known only while it is opened, by the kind of what failed below the driver.</summary>
internal static class SqlServerEncryption
{
    private const int CannotEncrypt = 20;

    // Windows' own numbers, where the driver brings no inner failure along: untrusted root, another name, expired.
    private static readonly int[] _certificate = [unchecked((int)0x80090325), unchecked((int)0x80090322), unchecked((int)0x80090328)];

    /// <summary>Null where something else failed.</summary>
    public static Refusal? Explain(SqlException failure, SqlConnectionStringBuilder settings)
    {
        var server = settings.DataSource;
        if (failure.Number == CannotEncrypt) return Refused($"The server {server} cannot encrypt; let it encrypt, or set Encrypt=false in the connection string.");
        if (FailureChain.Find<AuthenticationException>(failure) is { } handshake)
        {
            if (SqlConnectionEncryptOption.Strict.Equals(settings.Encrypt) && handshake.Source != "Microsoft.Data.SqlClient")
                return Refused($"The server {server} does not encrypt as Encrypt=Strict demands; set Encrypt=true in the connection string.");
            // The framework's own refusal of a certificate has no cause; a handshake that failed has one.
            return handshake.InnerException is null ? Certificate(server) : Refused(Protocol(server));
        }
        // Closed within the handshake: how a server answers that shares no protocol, and one that stops just now.
        if (FailureChain.Find<IOException>(failure) is { Source: "System.Net.Security" }) return new Refusal("not-encrypted", Protocol(server), RefusalKind.Unavailable);
        return _certificate.Contains(failure.Number) ? Certificate(server) : null;
    }

    private static Refusal Certificate(string server) => new(
        "certificate-untrusted",
        $"The certificate of {server} is not trusted, or names another server: install its issuer's certificate on this machine, or set TrustServerCertificate=true in the connection string.");

    private static string Protocol(string server) =>
        $"The server {server} speaks no TLS version that this machine accepts: update the server, or lower the machine's MinProtocol (openssl.cnf).";

    private static Refusal Refused(string message) => new("not-encrypted", message);
}
