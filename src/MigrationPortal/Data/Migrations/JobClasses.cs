using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationPortal.Data.Migrations;

[DbContext(typeof(PortalDbContext)), Migration("20261127003000_JobClasses")]
internal sealed class JobClasses : SqlMigration;
