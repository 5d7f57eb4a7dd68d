using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatKit.Data.Gateway.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddAccounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "account_spend",
                columns: table => new
                {
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    id = table.Column<string>(type: "TEXT", maxLength: 600, nullable: false),
                    window_start = table.Column<DateTime>(type: "TEXT", nullable: false),
                    spend = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_spend", x => new { x.kind, x.id, x.window_start });
                });

            migrationBuilder.CreateTable(
                name: "audit_log",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    changed_by = table.Column<string>(type: "TEXT", nullable: false),
                    changed_by_key = table.Column<string>(type: "TEXT", nullable: true),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    subject_id = table.Column<string>(type: "TEXT", nullable: false),
                    before = table.Column<string>(type: "TEXT", nullable: true),
                    after = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_log", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "budgets",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    model_max_budget = table.Column<string>(type: "TEXT", nullable: true),
                    created_by = table.Column<string>(type: "TEXT", nullable: true),
                    updated_by = table.Column<string>(type: "TEXT", nullable: true),
                    max_budget = table.Column<long>(type: "INTEGER", nullable: true),
                    soft_budget = table.Column<long>(type: "INTEGER", nullable: true),
                    budget_duration = table.Column<string>(type: "TEXT", nullable: true),
                    rpm_limit = table.Column<long>(type: "INTEGER", nullable: true),
                    tpm_limit = table.Column<long>(type: "INTEGER", nullable: true),
                    max_parallel_requests = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_budgets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "customers",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    alias = table.Column<string>(type: "TEXT", nullable: true),
                    budget_id = table.Column<string>(type: "TEXT", nullable: true),
                    default_model = table.Column<string>(type: "TEXT", nullable: true),
                    allowed_model_region = table.Column<string>(type: "TEXT", nullable: true),
                    blocked = table.Column<bool>(type: "INTEGER", nullable: false),
                    max_budget = table.Column<long>(type: "INTEGER", nullable: true),
                    soft_budget = table.Column<long>(type: "INTEGER", nullable: true),
                    budget_duration = table.Column<string>(type: "TEXT", nullable: true),
                    rpm_limit = table.Column<long>(type: "INTEGER", nullable: true),
                    tpm_limit = table.Column<long>(type: "INTEGER", nullable: true),
                    max_parallel_requests = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "internal_users",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 320, nullable: true),
                    alias = table.Column<string>(type: "TEXT", nullable: true),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    models = table.Column<string>(type: "TEXT", nullable: false),
                    metadata = table.Column<string>(type: "TEXT", nullable: true),
                    blocked = table.Column<bool>(type: "INTEGER", nullable: false),
                    max_budget = table.Column<long>(type: "INTEGER", nullable: true),
                    soft_budget = table.Column<long>(type: "INTEGER", nullable: true),
                    budget_duration = table.Column<string>(type: "TEXT", nullable: true),
                    rpm_limit = table.Column<long>(type: "INTEGER", nullable: true),
                    tpm_limit = table.Column<long>(type: "INTEGER", nullable: true),
                    max_parallel_requests = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_internal_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "spend_logs",
                columns: table => new
                {
                    request_id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    call_type = table.Column<string>(type: "TEXT", nullable: false),
                    key_hash = table.Column<string>(type: "TEXT", nullable: false),
                    spend = table.Column<long>(type: "INTEGER", nullable: true),
                    prompt_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    completion_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    total_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    start_time = table.Column<DateTime>(type: "TEXT", nullable: false),
                    end_time = table.Column<DateTime>(type: "TEXT", nullable: false),
                    model = table.Column<string>(type: "TEXT", nullable: false),
                    model_id = table.Column<string>(type: "TEXT", nullable: false),
                    model_group = table.Column<string>(type: "TEXT", nullable: false),
                    provider = table.Column<string>(type: "TEXT", nullable: false),
                    api_base = table.Column<string>(type: "TEXT", nullable: false),
                    user_id = table.Column<string>(type: "TEXT", nullable: true),
                    team_id = table.Column<string>(type: "TEXT", nullable: true),
                    end_user = table.Column<string>(type: "TEXT", nullable: true),
                    metadata = table.Column<string>(type: "TEXT", nullable: true),
                    tags = table.Column<string>(type: "TEXT", nullable: false),
                    cache_hit = table.Column<bool>(type: "INTEGER", nullable: false),
                    ip_address = table.Column<string>(type: "TEXT", nullable: true),
                    session_id = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_spend_logs", x => x.request_id);
                });

            migrationBuilder.CreateTable(
                name: "stored_models",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    model_name = table.Column<string>(type: "TEXT", nullable: false),
                    parameters = table.Column<string>(type: "TEXT", nullable: false),
                    info = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", nullable: true),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_by = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stored_models", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tags",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    description = table.Column<string>(type: "TEXT", nullable: true),
                    models = table.Column<string>(type: "TEXT", nullable: false),
                    budget_id = table.Column<string>(type: "TEXT", nullable: true),
                    max_budget = table.Column<long>(type: "INTEGER", nullable: true),
                    soft_budget = table.Column<long>(type: "INTEGER", nullable: true),
                    budget_duration = table.Column<string>(type: "TEXT", nullable: true),
                    rpm_limit = table.Column<long>(type: "INTEGER", nullable: true),
                    tpm_limit = table.Column<long>(type: "INTEGER", nullable: true),
                    max_parallel_requests = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tags", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "team_members",
                columns: table => new
                {
                    team_id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    user_id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    max_budget = table.Column<long>(type: "INTEGER", nullable: true),
                    soft_budget = table.Column<long>(type: "INTEGER", nullable: true),
                    budget_duration = table.Column<string>(type: "TEXT", nullable: true),
                    rpm_limit = table.Column<long>(type: "INTEGER", nullable: true),
                    tpm_limit = table.Column<long>(type: "INTEGER", nullable: true),
                    max_parallel_requests = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_team_members", x => new { x.team_id, x.user_id });
                });

            migrationBuilder.CreateTable(
                name: "teams",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    alias = table.Column<string>(type: "TEXT", nullable: true),
                    organization_id = table.Column<string>(type: "TEXT", nullable: true),
                    models = table.Column<string>(type: "TEXT", nullable: false),
                    tags = table.Column<string>(type: "TEXT", nullable: false),
                    guardrails = table.Column<string>(type: "TEXT", nullable: false),
                    model_aliases = table.Column<string>(type: "TEXT", nullable: true),
                    metadata = table.Column<string>(type: "TEXT", nullable: true),
                    blocked = table.Column<bool>(type: "INTEGER", nullable: false),
                    max_budget = table.Column<long>(type: "INTEGER", nullable: true),
                    soft_budget = table.Column<long>(type: "INTEGER", nullable: true),
                    budget_duration = table.Column<string>(type: "TEXT", nullable: true),
                    rpm_limit = table.Column<long>(type: "INTEGER", nullable: true),
                    tpm_limit = table.Column<long>(type: "INTEGER", nullable: true),
                    max_parallel_requests = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_teams", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "virtual_keys",
                columns: table => new
                {
                    token = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    alias = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    user_id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    team_id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    organization_id = table.Column<string>(type: "TEXT", nullable: true),
                    budget_id = table.Column<string>(type: "TEXT", nullable: true),
                    models = table.Column<string>(type: "TEXT", nullable: false),
                    allowed_routes = table.Column<string>(type: "TEXT", nullable: false),
                    tags = table.Column<string>(type: "TEXT", nullable: false),
                    guardrails = table.Column<string>(type: "TEXT", nullable: false),
                    aliases = table.Column<string>(type: "TEXT", nullable: true),
                    metadata = table.Column<string>(type: "TEXT", nullable: true),
                    permissions = table.Column<string>(type: "TEXT", nullable: true),
                    budget_limits = table.Column<string>(type: "TEXT", nullable: true),
                    model_max_budget = table.Column<string>(type: "TEXT", nullable: true),
                    model_rpm_limit = table.Column<string>(type: "TEXT", nullable: true),
                    model_tpm_limit = table.Column<string>(type: "TEXT", nullable: true),
                    blocked = table.Column<bool>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    created_by = table.Column<string>(type: "TEXT", nullable: true),
                    updated_by = table.Column<string>(type: "TEXT", nullable: true),
                    max_budget = table.Column<long>(type: "INTEGER", nullable: true),
                    soft_budget = table.Column<long>(type: "INTEGER", nullable: true),
                    budget_duration = table.Column<string>(type: "TEXT", nullable: true),
                    rpm_limit = table.Column<long>(type: "INTEGER", nullable: true),
                    tpm_limit = table.Column<long>(type: "INTEGER", nullable: true),
                    max_parallel_requests = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_virtual_keys", x => x.token);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_at",
                table: "audit_log",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_subject_subject_id",
                table: "audit_log",
                columns: new[] { "subject", "subject_id" });

            migrationBuilder.CreateIndex(
                name: "ix_internal_users_email",
                table: "internal_users",
                column: "email");

            migrationBuilder.CreateIndex(
                name: "ix_spend_logs_end_user_start_time",
                table: "spend_logs",
                columns: new[] { "end_user", "start_time" });

            migrationBuilder.CreateIndex(
                name: "ix_spend_logs_key_hash_start_time",
                table: "spend_logs",
                columns: new[] { "key_hash", "start_time" });

            migrationBuilder.CreateIndex(
                name: "ix_spend_logs_start_time",
                table: "spend_logs",
                column: "start_time");

            migrationBuilder.CreateIndex(
                name: "ix_spend_logs_team_id_start_time",
                table: "spend_logs",
                columns: new[] { "team_id", "start_time" });

            migrationBuilder.CreateIndex(
                name: "ix_spend_logs_user_id_start_time",
                table: "spend_logs",
                columns: new[] { "user_id", "start_time" });

            migrationBuilder.CreateIndex(
                name: "ix_team_members_user_id",
                table: "team_members",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_virtual_keys_alias",
                table: "virtual_keys",
                column: "alias",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_virtual_keys_created_at",
                table: "virtual_keys",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_virtual_keys_team_id",
                table: "virtual_keys",
                column: "team_id");

            migrationBuilder.CreateIndex(
                name: "ix_virtual_keys_user_id",
                table: "virtual_keys",
                column: "user_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_spend");

            migrationBuilder.DropTable(
                name: "audit_log");

            migrationBuilder.DropTable(
                name: "budgets");

            migrationBuilder.DropTable(
                name: "customers");

            migrationBuilder.DropTable(
                name: "internal_users");

            migrationBuilder.DropTable(
                name: "spend_logs");

            migrationBuilder.DropTable(
                name: "stored_models");

            migrationBuilder.DropTable(
                name: "tags");

            migrationBuilder.DropTable(
                name: "team_members");

            migrationBuilder.DropTable(
                name: "teams");

            migrationBuilder.DropTable(
                name: "virtual_keys");
        }
    }
}
