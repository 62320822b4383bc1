using System.Globalization;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Sql;

public sealed class SqlServerDialectTests
{
    [Theory]
    [InlineData("Sales", "sALES  ")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("Æther", "aether")]
    [InlineData("ＦＸ", "fx")]
    [InlineData("カタ", "かた")]
    [InlineData("Party 🎉", "party 🥳")]
    [InlineData("Zero\u200Bwidth", "zerowidth")]
    public void NameKey_OneNameToTheServer_IsOneKey(string one, string other) => Assert.Equal(SqlServerNames.Key(one), SqlServerNames.Key(other));

    [Theory]
    [InlineData("Ümlaut", "Umlaut")]
    [InlineData("co-op", "coop")]
    [InlineData(" Sales", "Sales")]
    [InlineData("日本", "日木")]
    public void NameKey_TwoNamesToTheServer_AreTwo(string one, string other) => Assert.NotEqual(SqlServerNames.Key(one), SqlServerNames.Key(other));

    [Theory]
    [InlineData(18456, "login-refused", false)]
    [InlineData(4060, "no-database", false)]
    [InlineData(229, "no-rights", false)]
    [InlineData(1105, "disk-full", false)]
    [InlineData(9002, "disk-full", false)]
    [InlineData(208, "schema-changed", false)]
    [InlineData(2627, "row-exists", false)]
    [InlineData(547, "row-refused", false)]
    [InlineData(824, "database-damaged", false)]
    [InlineData(50000, "database-error", false)]
    [InlineData(1205, "locked", true)]
    [InlineData(1222, "locked", true)]
    [InlineData(-2, "timeout", true)]
    [InlineData(701, "server-busy", true)]
    [InlineData(6005, "server-going", true)]
    [InlineData(10054, "connection-lost", true)]
    public void Explain_Number_HasItsCodeAndSaysWhetherItPasses(int number, string code, bool isTransient)
    {
        var refusal = SqlServerErrors.Explain(number, 16, "sql01", "mgc", "CONTOSO\\svc");
        Assert.Equal(code, refusal.Code);
        Assert.Equal(isTransient, refusal.Kind == RefusalKind.Unavailable);
        Assert.Contains("sql01", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_UnknownNumberThatEndsTheConnection_Passes() =>
        Assert.Equal(RefusalKind.Unavailable, SqlServerErrors.Explain(99999, 20, "sql01", "mgc", null).Kind);

    [Fact]
    public void ExplainInsert_WhatTheDriverRefuses_NamesTablePlaceAndCauseButNoValue()
    {
        var database = new ChatDatabase(ChatProduct.LyncPersistentChat2013, SqlProvider.SqlServer, "Server=sql01;Database=mgc;User ID=u;Password=geheim");
        (Exception? Cause, bool IsOfAValue, string Key, string Code, RefusalKind Kind, string Says)[] cases =
        [
            (null, false, "schema-changed.table", "schema-changed", RefusalKind.Stale, "lacks a column"),
            (null, true, "row-refused.null", "row-refused", RefusalKind.Invalid, "would get none"),
            (new InvalidOperationException("The value geheim is too long."), true, "row-refused.too-long", "row-refused", RefusalKind.Invalid, "longer than its column"),
            (new FormatException("geheim is no number."), true, "row-refused.type", "row-refused", RefusalKind.Invalid, "(FormatException)"),
        ];
        foreach (var (cause, isOfAValue, key, code, kind, says) in cases)
        {
            var refusal = SqlServerErrors.ExplainInsert(new InvalidOperationException("The value geheim is refused.", cause), "tblChat", database, isOfAValue);
            Assert.Equal((key, code, kind), (refusal.Wording.Key, refusal.Code, refusal.Kind));
            var sentence = refusal.In(CultureInfo.InvariantCulture);
            Assert.StartsWith("Database “mgc” on sql01: ", sentence, StringComparison.Ordinal);
            Assert.Contains("tblChat", sentence, StringComparison.Ordinal);
            Assert.Contains(says, sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("geheim", sentence, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Colour=red", "connection-string")]
    [InlineData("Server=sql01;User ID=u", "connection-string")]
    [InlineData("Server=127.0.0.1,1;Database=mgc;User ID=u;Password=geheim;Connect Timeout=5", "server-unreachable")]
    [InlineData("Server=no-such-host.invalid;Database=mgc;User ID=u;Password=geheim;Connect Timeout=5", "server-unknown")]
    public async Task Open_WrongPlace_IsOneSentenceWithoutThePassword(string connectionString, string code)
    {
        var database = new ChatDatabase(ChatProduct.LyncGroupChat2010, SqlProvider.SqlServer, connectionString);
        var refusal = (await ChatPoolReader.ReadAsync(database, null, CancellationToken.None)).Refusal;
        Assert.Equal(code, refusal?.Code);
        Assert.DoesNotContain("geheim", refusal!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("half \ud83d of a pair")]
    [InlineData("\udc4dback\ud83dfront 👍 \0 ￿")]
    [InlineData("")]
    public void Utf16Text_AnyUnits_ComeBackWhole(string text) => Assert.Equal(text, Utf16Text.FromBytes(Utf16Text.ToBytes(text)));

    [Fact]
    public async Task Open_Legacy_NeverForWriting()
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.Translated);
        await Assert.ThrowsAsync<InvalidOperationException>(() => SqlServerDialect.Instance.OpenForWritingAsync(world.Legacy, CancellationToken.None));
        await using var reading = ChatWorld.Done(await SqlServerDialect.Instance.OpenForReadingAsync(world.Legacy, CancellationToken.None));
        Assert.Throws<InvalidOperationException>(() => reading.Command("delete from tblChat"));
    }

    [Fact]
    public async Task ReadMessages_WithoutSnapshot_CrossesPagesInOrder()
    {
        await using var world = await ChatWorld.CreateAsync();
        await world.LegacyDatabase.ExecuteAsync("insert into tblChat select 14, i, 635000000000000000 + i, 2, false, 'm' || i from generate_series(1, 12000) i where i <> 5001");
        var database = new ChatDatabase(ChatProduct.LyncGroupChat2010, SqlProvider.SqlServer, TranslatingDriver.ConnectionString(world.LegacyDatabase, allowsSnapshot: false));
        await using var session = ChatWorld.Done(await SqlServerDialect.Instance.OpenForReadingAsync(database, CancellationToken.None));
        Assert.Null(session.Transaction);
        await using var messages = await session.Dialect.OpenMessagesAsync(session, 14, new MessageRange(), CancellationToken.None);
        var (count, last) = (0, 0L);
        while (await messages.NextAsync(CancellationToken.None))
        {
            Assert.True(messages.ChatId > last);
            (count, last) = (count + 1, messages.ChatId);
        }
        Assert.Equal((11_999, 12_000L), (count, last));
    }
}
