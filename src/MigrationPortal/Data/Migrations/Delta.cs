using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationPortal.Data.Migrations;

[DbContext(typeof(PortalDbContext)), Migration("20261121104500_Delta")]
internal sealed class DeltaTables : SqlMigration;
