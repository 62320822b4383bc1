using System.Data.Common;
using System.Text.RegularExpressions;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Setup;

/// <summary>Puts a connection string together from what a form asks for.</summary>
internal static partial class ConnectionText
{
    private const string Placeholder = "<password>";

    /// <summary>To be shown: a placeholder says where a password belongs, wherever it was typed.</summary>
    public static string WithoutSecrets(SideDraft side) => Secret().Replace(Of(side, side.HasUser ? Placeholder : ""), $"${{key}}{Placeholder}");

    /// <param name="password">What stands where the password belongs.</param>
    public static string Of(SideDraft side, string password)
    {
        var isSqlServer = side.Provider == nameof(SqlProvider.SqlServer);
        var parts = new DbConnectionStringBuilder();
        if (isSqlServer)
        {
            parts["Server"] = side.Server.Trim();
        }
        else
        {
            // "db01:5433"; an address of IPv6 and a socket's directory have no port here.
            var (host, port) = side.Server.Trim().Split(':') is [var name, var number] && ushort.TryParse(number, out _) ? (name, number) : (side.Server.Trim(), null);
            parts["Host"] = host;
            if (port is not null)
                parts["Port"] = port;
        }

        parts["Database"] = side.Database.Trim();
        if (side.HasUser)
        {
            parts[isSqlServer ? "User ID" : "Username"] = side.User.Trim();
            if (password.Length > 0)
                parts["Password"] = password;
        }
        else if (isSqlServer)
        {
            parts["Integrated Security"] = "true";
        }

        var more = side.More.Trim().Trim(';');
        return more.Length == 0 ? parts.ConnectionString : $"{parts.ConnectionString};{more}";
    }

    // Password=…, Pwd=… and SSL Password=…, quoted or not.
    [GeneratedRegex("""(?<key>\b(password|pwd)\s*=\s*)("[^"]*"|'[^']*'|[^;]*)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Secret();
}
