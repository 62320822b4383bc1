using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationPortal.Data.Migrations;

[DbContext(typeof(PortalDbContext)), Migration("20261121000011_RunProgress")]
internal sealed class RunProgressColumns : SqlMigration;

[DbContext(typeof(PortalDbContext)), Migration("20261121000012_TransferGrade")]
internal sealed class TransferGrade : SqlMigration;
