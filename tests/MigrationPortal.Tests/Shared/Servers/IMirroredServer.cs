using System.Data.Common;
using MigrationPortal.Engine;

namespace MigrationPortal.Tests.Shared.Servers;

/// <summary>One chat database on a server that does not speak as the tests do.</summary>
internal interface IMirroredServer : IAsyncDisposable
{
    ChatDatabase AsChat(ChatProduct product);

    Task<DbConnection> OpenAsync();

    /// <summary>A column's type there, of one here as PostgreSQL spells it.</summary>
    string TypeOf(string type);

    /// <summary>What makes a column number its rows by itself.</summary>
    string Identity { get; }

    /// <summary>Drops every table.</summary>
    string Clear { get; }

    /// <summary>Cuts every connection of the portal's.</summary>
    Task CutAsync();

    /// <summary>Adds rows whose columns are the table's.</summary>
    Task InsertAsync(DbConnection connection, string table, DbDataReader rows);
}
