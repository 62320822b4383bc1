using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Audit;
using MigrationPortal.Audit.Anchors;
using MigrationPortal.Data;
using MigrationPortal.Tests.Shared;
using Npgsql;

namespace MigrationPortal.Tests.Audit;

public sealed class AuditTrailTests
{
    private static readonly Caller Auditor = new("auditor", "Ada", new HashSet<Role> { Role.Auditor });

    [Fact]
    public async Task Verify_UntouchedRows_IsWhole()
    {
        await using var database = await FilledAsync();
        var proof = await VerifyAsync(database);
        Assert.Equal((true, 5L), (proof.IsWhole, proof.Count));
    }

    [Theory]
    [InlineData("update portal.audit_entries set by = 'mallory' where id = 3", 3)]
    [InlineData("update portal.audit_entries set details = '{}' where id = 5", 5)]
    [InlineData("delete from portal.audit_entries where id = 2", 2)]
    [InlineData("delete from portal.audit_entries where id = 5", 5)]
    public async Task Verify_TamperedRow_IsNamed(string tampering, long id)
    {
        await using var database = await FilledAsync();
        await database.ExecuteAsync($"alter table portal.audit_entries disable trigger all; {tampering}");
        Assert.Equal(id, (await VerifyAsync(database)).BrokenId);
    }

    [Theory]
    [InlineData("update portal.audit_entries set by = 'mallory'")]
    [InlineData("delete from portal.audit_entries")]
    [InlineData("truncate portal.audit_entries")]
    [InlineData("update portal.audit_head set id = 1, hash = '', count = 1")]
    public async Task Change_OfWrittenRows_IsRefused(string change)
    {
        await using var database = await FilledAsync();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(change));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private static async Task<TestDatabase> FilledAsync()
    {
        var database = await TestDatabase.CreatePortalAsync();
        var trail = new AuditTrail(TimeProvider.System);
        // At once: ids must still be without gaps and the chain in their order.
        await Task.WhenAll(Enumerable.Range(0, 5).Select(async i =>
        {
            await using var db = database.OpenPortal();
            await trail.RecordAsync(db, Auditor, "BatchSubmitted", $"batch:{i}", "contoso", new Dictionary<string, string?> { ["z"] = "ä", ["a"] = null }, CancellationToken.None);
        }));
        return database;
    }

    private static async Task<AuditProof> VerifyAsync(TestDatabase database)
    {
        var outcome = await new VerifyAuditHandler(new Contexts(database), new AuditWalk(TimeProvider.System), new AnchorFile(Options.Create(new AuditOptions()))).HandleAsync(Auditor, CancellationToken.None);
        Assert.True(outcome.IsDone);
        return outcome.Value!;
    }

    private sealed class Contexts(TestDatabase database) : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext() => database.OpenPortal();
    }
}
