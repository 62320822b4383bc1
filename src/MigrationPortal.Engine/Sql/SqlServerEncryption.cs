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
        if (failure.Number == CannotEncrypt) return new("not-encrypted.cannot", RefusalKind.Invalid, server);
        if (FailureChain.Find<AuthenticationException>(failure) is { } handshake)
        {
            if (SqlConnectionEncryptOption.Strict.Equals(settings.Encrypt) && handshake.Source != "Microsoft.Data.SqlClient")
                return new("not-encrypted.strict", RefusalKind.Invalid, server);
            // The framework's own refusal of a certificate has no cause; a handshake that failed has one.
            return handshake.InnerException is null ? Certificate(server) : new("not-encrypted.protocol", RefusalKind.Invalid, server);
        }
        // Closed within the handshake: how a server answers that shares no protocol, and one that stops just now.
        if (FailureChain.Find<IOException>(failure) is { Source: "System.Net.Security" }) return new("not-encrypted.protocol", RefusalKind.Unavailable, server);
        return _certificate.Contains(failure.Number) ? Certificate(server) : null;
    }

    private static Refusal Certificate(string server) => new("certificate-untrusted", RefusalKind.Invalid, server);
}
