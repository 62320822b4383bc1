using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationPortal.Data.Migrations;

[DbContext(typeof(PortalDbContext)), Migration("20261121183000_RightChanges")]
internal sealed class RightChangesTable : SqlMigration;
