using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddPooledDbContextFactory<PortalDbContext>(o => o.UseNpgsql("Host=/tmp"));
var app = builder.Build();
await using var db = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
Console.WriteLine(db.Database.GenerateCreateScript());
