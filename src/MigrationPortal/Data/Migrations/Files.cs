using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationPortal.Data.Migrations;

[DbContext(typeof(PortalDbContext)), Migration("20261121103900_Files")]
internal sealed class FileTables : SqlMigration;

[DbContext(typeof(PortalDbContext)), Migration("20261121110000_FilePaths")]
internal sealed class FilePaths : SqlMigration;

[DbContext(typeof(PortalDbContext)), Migration("20261121114000_FileProgress")]
internal sealed class FileProgressColumns : SqlMigration;
