using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationPortal.Data.Migrations;

[DbContext(typeof(PortalDbContext)), Migration("20261121000201_SignIn")]
internal sealed class SignInTables : SqlMigration;
