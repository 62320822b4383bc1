using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationPortal.Data.Migrations;

[DbContext(typeof(PortalDbContext)), Migration("20261121000202_RoomPairProperties")]
internal sealed class RoomPairPropertiesTable : SqlMigration;
