using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Sql;

/// <summary>What a statement changed, from a SQL Server that counts nothing (<c>set nocount on</c>), or that counts and answers what triggers do as well.</summary>
public sealed class RowCountTests
{
    [Theory]
    [InlineData("nocount", 1)]
    [InlineData("nocount", 0)]
    [InlineData("trigger", 1)]
    [InlineData("trigger", 0)]
    [InlineData("answering trigger", 1)]
    [InlineData("answering trigger", 0)]
    [InlineData("empty trigger", 1)]
    [InlineData("empty trigger", 0)]
    public async Task Move_WhateverTheServerCounts_IsByItsOwnRow(string way, int changed)
    {
        await using var server = new TdsServer((_, statement) =>
            statement.Contains("tblLastChatId", StringComparison.Ordinal) ? Answer(way, changed, TdsAnswer.Number(changed, 8)) : TdsAnswer.Nothing);
        await using var session = await OpenAsync(server);

        Assert.Equal(changed == 1, await ResumePoint.MoveAsync(session, 10, 5, 9, CancellationToken.None));
        Assert.Equal(changed == 1, await ResumePoint.MoveAsync(session, 10, null, 9, CancellationToken.None));
        // By the driver's own count it would be another number.
        Assert.NotEqual(changed, await WritingSession.ExecuteAsync(session.Command("update tblLastChatId set lastChatID = @next", ("next", 9L)), CancellationToken.None));
    }

    [Theory]
    [InlineData("nocount")]
    [InlineData("trigger")]
    [InlineData("answering trigger")]
    [InlineData("empty trigger")]
    public async Task Change_RowsThatAreRemoved_AreCountedWithoutTheTriggers(string way)
    {
        await using var server = new TdsServer((_, statement) =>
            statement.Contains("delete from tblNode", StringComparison.Ordinal) ? Answer(way, 20, TdsAnswer.Number(20, 8)) : TdsAnswer.Nothing);
        await using var session = await OpenAsync(server);
        Assert.Equal(20, await session.Dialect.ChangeAsync(session.Command("delete from tblNode where nodeID > @node", ("node", 10)), CancellationToken.None));
    }

    [Theory]
    [InlineData("nocount")]
    [InlineData("trigger")]
    [InlineData("answering trigger")]
    [InlineData("empty trigger")]
    [InlineData("empty trigger of as many columns")]
    public async Task DeletePage_WhateverTheServerCounts_HoldsWhatIsGoneAgainstThePage(string way)
    {
        await using var server = new TdsServer((_, statement) => statement switch
        {
            _ when statement.Contains("delete from tblChat", StringComparison.Ordinal) => Answer(way, 20, TdsAnswer.Messages(20, TdsEnd.Whole)),
            _ when statement.Contains("max(chatId)", StringComparison.Ordinal) => TdsAnswer.Number(20, 8),
            _ when statement.Contains("from tblChat", StringComparison.Ordinal) => TdsAnswer.Messages(20, TdsEnd.Whole),
            _ => TdsAnswer.Nothing,
        });
        await using var session = await OpenAsync(server);
        var written = new LedgerPage(Guid.NewGuid(), 1, 20, 20, []);
        var there = await PageRecovery.ReadAsync(session, 10, written, CancellationToken.None);
        var catalog = new ChatCatalog(session.Database, []);
        var deletion = new UndoDeletion(session, catalog, new LoginRights(catalog, []));

        Assert.Null(await deletion.DeletePageAsync(10, written, CancellationToken.None));
        Assert.Equal(20, await deletion.DeletePageAsync(10, written with { Sha256 = there.Sha256 }, CancellationToken.None));
    }

    [Fact]
    public async Task DeletePage_WithoutAnAnswerOfMessages_IsNoPageThatWasGone()
    {
        await using var server = new TdsServer((_, statement) => statement switch
        {
            _ when statement.Contains("delete from tblChat", StringComparison.Ordinal) => TdsAnswer.Several(TdsAnswer.Empty(5), TdsAnswer.Changed(20), TdsAnswer.Nothing),
            _ when statement.Contains("max(chatId)", StringComparison.Ordinal) => TdsAnswer.Number(20, 8),
            _ => TdsAnswer.Nothing,
        });
        await using var session = await OpenAsync(server);
        var catalog = new ChatCatalog(session.Database, []);
        var deletion = new UndoDeletion(session, catalog, new LoginRights(catalog, []));

        await Assert.ThrowsAsync<InvalidOperationException>(() => deletion.DeletePageAsync(10, new LedgerPage(Guid.NewGuid(), 1, 20, 20, []), CancellationToken.None));
    }

    // A trigger's statements end before the one that it belongs to.
    private static TdsAnswer Answer(string way, int changed, TdsAnswer answer) => way switch
    {
        "trigger" => TdsAnswer.Several(TdsAnswer.Changed(7), TdsAnswer.Changed(2), TdsAnswer.Changed(changed), answer),
        "answering trigger" => TdsAnswer.Several(TdsAnswer.Number(7, 8), TdsAnswer.Changed(7), TdsAnswer.Changed(changed), answer),
        "empty trigger" => TdsAnswer.Several(TdsAnswer.Number(null, 8), TdsAnswer.Changed(7), TdsAnswer.Changed(changed), answer),
        "empty trigger of as many columns" => TdsAnswer.Several(TdsAnswer.Empty(5), TdsAnswer.Changed(7), TdsAnswer.Changed(changed), answer),
        _ => answer,
    };

    private static async Task<WritingSession> OpenAsync(TdsServer server) => ChatWorld.Done(
        await SqlDialect.For(SqlProvider.SqlServer).OpenForWritingAsync(new ChatDatabase(ChatProduct.LyncPersistentChat2013, SqlProvider.SqlServer, server.ConnectionString), CancellationToken.None));
}
