using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Threads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "threads",
                schema: "portal",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    batch_id = table.Column<long>(type: "bigint", nullable: false),
                    anchor_kind = table.Column<string>(type: "text", nullable: false),
                    anchor_key = table.Column<string>(type: "text", nullable: false),
                    room_id = table.Column<long>(type: "bigint", nullable: true),
                    fingerprint = table.Column<string>(type: "text", nullable: true),
                    must = table.Column<bool>(type: "boolean", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    resolved_by = table.Column<string>(type: "text", nullable: true),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_threads", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "comments",
                schema: "portal",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    thread_id = table.Column<long>(type: "bigint", nullable: false),
                    batch_id = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    edited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    redacted_by = table.Column<string>(type: "text", nullable: true),
                    redacted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    redacted_reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_comments", x => x.id);
                    table.ForeignKey(
                        name: "fk_comments_threads",
                        column: x => x.thread_id,
                        principalSchema: "portal",
                        principalTable: "threads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "comment_mentions",
                schema: "portal",
                columns: table => new
                {
                    comment_id = table.Column<long>(type: "bigint", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_comment_mentions", x => new { x.comment_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_comment_mentions_comments",
                        column: x => x.comment_id,
                        principalSchema: "portal",
                        principalTable: "comments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "comment_versions",
                schema: "portal",
                columns: table => new
                {
                    comment_id = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_comment_versions", x => new { x.comment_id, x.version });
                    table.ForeignKey(
                        name: "fk_comment_versions_comments",
                        column: x => x.comment_id,
                        principalSchema: "portal",
                        principalTable: "comments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_comments_batch",
                schema: "portal",
                table: "comments",
                column: "batch_id");

            migrationBuilder.CreateIndex(
                name: "ix_comments_thread",
                schema: "portal",
                table: "comments",
                column: "thread_id");

            migrationBuilder.CreateIndex(
                name: "ix_threads_batch",
                schema: "portal",
                table: "threads",
                column: "batch_id");

            // Each earlier comment becomes a thread of its own about its batch, under the number it had.
            migrationBuilder.Sql("""
                INSERT INTO portal.threads (id, batch_id, anchor_kind, anchor_key, must, by, at) SELECT id, batch_id, 'Batch', '', false, by, at FROM portal.batch_comments;
                INSERT INTO portal.comments (id, thread_id, batch_id, by, at, text, version) SELECT id, id, batch_id, by, at, text, 0 FROM portal.batch_comments;
                SELECT setval(pg_get_serial_sequence('portal.threads', 'id'), coalesce((SELECT max(id) FROM portal.threads), 0) + 1, false);
                SELECT setval(pg_get_serial_sequence('portal.comments', 'id'), coalesce((SELECT max(id) FROM portal.comments), 0) + 1, false);
                """);

            migrationBuilder.DropTable(
                name: "batch_comments",
                schema: "portal");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "comment_mentions",
                schema: "portal");

            migrationBuilder.DropTable(
                name: "comment_versions",
                schema: "portal");

            migrationBuilder.DropTable(
                name: "comments",
                schema: "portal");

            migrationBuilder.DropTable(
                name: "threads",
                schema: "portal");

            migrationBuilder.CreateTable(
                name: "batch_comments",
                schema: "portal",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    batch_id = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_batch_comments", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_batch_comments_batch",
                schema: "portal",
                table: "batch_comments",
                column: "batch_id");
        }
    }
}
