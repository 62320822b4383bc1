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
        var database = session.Database;
        var columns = await session.Dialect.ReadCatalogAsync(session, cancellationToken);
        var catalog = new ChatCatalog(database, [.. columns.Select(x => x with { Table = session.Tables.DocumentedOf(x.Table) })]);
        if (catalog.FindRefusal() is { } refusal) return refusal;
        var lookups = await ChatLookups.ReadAsync(session, catalog, cancellationToken);
        if (!lookups.IsDone) return lookups.Refusal;
        var rights = new LoginRights(catalog, [.. (await session.Dialect.ListRightsAsync(session, cancellationToken)).Select(x => x with { Table = session.Tables.DocumentedOf(x.Table) })]);
        return new ChatSchema(catalog, lookups.Value, new ProbeReport
        {
            Product = database.Product,
            Tables = catalog.Describe(),
            Values = lookups.Value.Describe(database.IsLegacy),
            Notes = [.. ProbeNotes.For(session, catalog, lookups.Value, rights)],
            MayWrite = rights.Writable.Count > 0,
        });
    }
}

/// <summary>What the reader and the writer need to know of one database.</summary>
internal sealed record ChatSchema(ChatCatalog Catalog, ChatLookups Lookups, ProbeReport Report);
