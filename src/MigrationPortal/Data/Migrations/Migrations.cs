using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationPortal.Data.Migrations;

[DbContext(typeof(PortalDbContext)), Migration("20261121000001_Foundation")]
internal sealed class Foundation : SqlMigration;

[DbContext(typeof(PortalDbContext)), Migration("20261121000002_InventoryAndLedger")]
internal sealed class InventoryAndLedger : SqlMigration;
