using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationPortal.Data.Migrations;

[DbContext(typeof(PortalDbContext)), Migration("20261121000301_Undo")]
internal sealed class UndoTables : SqlMigration;
