using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>Examines a chat database before anything else is done with it. Unknown things are shown, never guessed.</summary>
public static class SchemaProbe
{
    public static async Task<Outcome<ProbeReport>> ProbeAsync(ChatDatabase database, CancellationToken cancellationToken)
    {
        return await SqlDialect.ReadAsync<ProbeReport>(database, async session =>
        {
            var examined = await ExamineAsync(session, cancellationToken);
            return examined.IsDone ? examined.Value.Report : examined.Refusal;
        }, cancellationToken);
    }

    internal static async Task<Outcome<ChatSchema>> ExamineAsync(ChatSession session, CancellationToken cancellationToken)
    {
        var (catalog, rights) = await ReadCatalogAsync(session, cancellationToken);
        return catalog.FindRefusal() is { } refusal ? refusal : await ExamineAsync(session, catalog, rights, cancellationToken);
    }

    internal static async Task<Outcome<ChatSchema>> ExamineAsync(ChatSession session, ChatCatalog catalog, LoginRights rights, CancellationToken cancellationToken)
    {
        var database = session.Database;
        var lookups = await ChatLookups.ReadAsync(session, catalog, cancellationToken);
        if (!lookups.IsDone) return lookups.Refusal;
        return new ChatSchema(catalog, lookups.Value, rights, new ProbeReport
        {
            Product = database.Product,
            Tables = catalog.Describe(),
            Values = lookups.Value.Describe(database.IsLegacy),
            Notes = [.. ProbeNotes.For(session, catalog, lookups.Value, rights)],
            MayWrite = rights.Writable.Count > 0,
        });
    }

    internal static async Task<(ChatCatalog Catalog, LoginRights Rights)> ReadCatalogAsync(ChatSession session, CancellationToken cancellationToken)
    {
        var columns = await session.Dialect.ReadCatalogAsync(session, cancellationToken);
        var catalog = new ChatCatalog(session.Database, [.. columns.Select(x => x with { Table = session.Tables.DocumentedOf(x.Table) })]);
        var held = await session.Dialect.ListRightsAsync(session, cancellationToken);
        return (catalog, new LoginRights(catalog, [.. held.Select(x => x with { Table = session.Tables.DocumentedOf(x.Table) })]));
    }
}

/// <summary>What the reader and the writer need to know of one database.</summary>
internal sealed record ChatSchema(ChatCatalog Catalog, ChatLookups Lookups, LoginRights Rights, ProbeReport Report);
