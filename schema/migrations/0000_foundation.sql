CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`expires_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE TABLE `login_attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`account` text NOT NULL,
	`address` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `login_attempts_account` ON `login_attempts` (`account`,`at`);--> statement-breakpoint
CREATE INDEX `login_attempts_address` ON `login_attempts` (`address`,`at`);--> statement-breakpoint
CREATE INDEX `login_attempts_at` ON `login_attempts` (`at`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`username_key` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`full_name` text NOT NULL,
	`password_hash` text NOT NULL,
	`role` text NOT NULL,
	`is_active` integer NOT NULL,
	`token_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`last_login_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_username_key_unique` ON `users` (`username_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_key_unique` ON `users` (`email_key`);--> statement-breakpoint
CREATE INDEX `users_kinds` ON `users` (`role`,`is_active`,`id`);--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `backups` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_key` text NOT NULL,
	`backup_type` text NOT NULL,
	`file_name` text NOT NULL,
	`description` text NOT NULL,
	`blob_id` integer NOT NULL,
	`size` integer NOT NULL,
	`upload_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`blob_id`) REFERENCES `blobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `backups_upload_id_unique` ON `backups` (`upload_id`);--> statement-breakpoint
CREATE INDEX `backups_key` ON `backups` (`user_key`,`id`,`size`);--> statement-breakpoint
CREATE INDEX `backups_blob` ON `backups` (`blob_id`);--> statement-breakpoint
CREATE TABLE `balances` (
	`user_id` text PRIMARY KEY NOT NULL,
	`balance` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "balances_covered" CHECK("balances"."balance" >= 0)
);
--> statement-breakpoint
CREATE TABLE `ledger` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`amount` integer NOT NULL,
	`key` text NOT NULL,
	`reference` text NOT NULL,
	`description` text NOT NULL,
	`actor` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_key_unique` ON `ledger` (`key`);--> statement-breakpoint
CREATE INDEX `ledger_user` ON `ledger` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `ledger_reference` ON `ledger` (`reference`);--> statement-breakpoint
CREATE TABLE `ledger_sums` (
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`amount` integer NOT NULL,
	`entries` integer NOT NULL,
	PRIMARY KEY(`user_id`, `kind`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `ledger_totals` (
	`kind` text PRIMARY KEY NOT NULL,
	`amount` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `recharge_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`masked` text NOT NULL,
	`amount` integer NOT NULL,
	`description` text NOT NULL,
	`batch_id` text NOT NULL,
	`expires_at` integer,
	`max_uses` integer NOT NULL,
	`used` integer DEFAULT 0 NOT NULL,
	`disabled_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "recharge_codes_uses" CHECK("recharge_codes"."used" <= "recharge_codes"."max_uses")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recharge_codes_hash_unique` ON `recharge_codes` (`hash`);--> statement-breakpoint
CREATE INDEX `recharge_codes_listed` ON `recharge_codes` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `recharge_codes_batch` ON `recharge_codes` (`batch_id`);--> statement-breakpoint
CREATE TABLE `redemptions` (
	`id` text PRIMARY KEY NOT NULL,
	`code_id` text NOT NULL,
	`user_id` text NOT NULL,
	`amount` integer NOT NULL,
	`balance_after` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`code_id`) REFERENCES `recharge_codes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `redemptions_once` ON `redemptions` (`code_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `redemptions_user` ON `redemptions` (`user_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `appware_counts` (
	`owner` text NOT NULL,
	`is_deleted` integer NOT NULL,
	`status` integer NOT NULL,
	`is_active` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`owner`, `is_deleted`, `status`, `is_active`),
	CONSTRAINT "appware_counts_kind" CHECK(is_deleted IN (0, 1) AND status IN (0, 1) AND is_active IN (0, 1)),
	CONSTRAINT "appware_counts_count" CHECK(count >= 0)
);
--> statement-breakpoint
CREATE TABLE `appwares` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`remark` text,
	`sort_order` integer NOT NULL,
	`status` integer NOT NULL,
	`is_active` integer NOT NULL,
	`view_count` integer NOT NULL,
	`software_id` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`is_deleted` integer NOT NULL,
	`version` integer NOT NULL,
	FOREIGN KEY (`software_id`) REFERENCES `software`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `appwares_name` ON `appwares` (`name_key`) WHERE "appwares"."is_deleted" = 0;--> statement-breakpoint
CREATE INDEX `appwares_listed` ON `appwares` (`is_deleted`,`status`,`is_active`,`sort_order`,created_at DESC,id DESC);--> statement-breakpoint
CREATE INDEX `appwares_mine` ON `appwares` (`created_by`,`is_deleted`,`status`,`is_active`,`sort_order`,created_at DESC,id DESC);--> statement-breakpoint
CREATE INDEX `appwares_popular` ON `appwares` (`is_deleted`,`view_count`);--> statement-breakpoint
CREATE INDEX `appwares_software` ON `appwares` (`software_id`) WHERE "appwares"."software_id" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `task_input_uses` (
	`task_id` text NOT NULL,
	`input_id` integer NOT NULL,
	PRIMARY KEY(`task_id`, `input_id`),
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`input_id`) REFERENCES `task_inputs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `task_input_uses_input` ON `task_input_uses` (`input_id`);--> statement-breakpoint
CREATE TABLE `task_inputs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` text NOT NULL,
	`file_name` text NOT NULL,
	`blob_id` integer NOT NULL,
	`size` integer NOT NULL,
	`upload_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`blob_id`) REFERENCES `blobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `task_inputs_upload_id_unique` ON `task_inputs` (`upload_id`);--> statement-breakpoint
CREATE INDEX `task_inputs_user` ON `task_inputs` (`user_id`,`size`);--> statement-breakpoint
CREATE INDEX `task_inputs_age` ON `task_inputs` (`created_at`);--> statement-breakpoint
CREATE INDEX `task_inputs_blob` ON `task_inputs` (`blob_id`);--> statement-breakpoint
CREATE TABLE `task_outputs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`task_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`file_name` text NOT NULL,
	`blob_id` integer NOT NULL,
	`size` integer NOT NULL,
	`upload_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`blob_id`) REFERENCES `blobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `task_outputs_upload_id_unique` ON `task_outputs` (`upload_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `task_outputs_name` ON `task_outputs` (`task_id`,`attempt`,`file_name`);--> statement-breakpoint
CREATE INDEX `task_outputs_blob` ON `task_outputs` (`blob_id`);--> statement-breakpoint
CREATE TABLE `gpu_readings` (
	`server_id` text NOT NULL,
	`at` integer NOT NULL,
	`cpu_usage` real NOT NULL,
	`memory_usage` real NOT NULL,
	`gpu_usage` real NOT NULL,
	`gpu_memory_used` real NOT NULL,
	`running_tasks` integer NOT NULL,
	PRIMARY KEY(`server_id`, `at`),
	FOREIGN KEY (`server_id`) REFERENCES `gpu_servers`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `gpu_readings_at` ON `gpu_readings` (`at`);--> statement-breakpoint
CREATE TABLE `gpu_servers` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`agent_url` text,
	`host` text NOT NULL,
	`token_hash` text NOT NULL,
	`token_version` integer DEFAULT 1 NOT NULL,
	`max_concurrent_tasks` integer NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`agent_version` text DEFAULT '' NOT NULL,
	`cpu_usage` real DEFAULT 0 NOT NULL,
	`memory_usage` real DEFAULT 0 NOT NULL,
	`total_memory` real DEFAULT 0 NOT NULL,
	`used_memory` real DEFAULT 0 NOT NULL,
	`gpus` text DEFAULT '[]' NOT NULL,
	`gpu_count` integer DEFAULT 0 NOT NULL,
	`task_memory` real DEFAULT 0 NOT NULL,
	`task_types` text,
	`reported_tasks` text DEFAULT '[]' NOT NULL,
	`last_seen_at` integer,
	`reading_at` integer DEFAULT 0 NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	`next_poll_at` integer DEFAULT 0 NOT NULL,
	`last_error` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `gpu_servers_name_unique` ON `gpu_servers` (`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `gpu_servers_token_hash_unique` ON `gpu_servers` (`token_hash`);--> statement-breakpoint
CREATE TABLE `task_counts` (
	`owner` text NOT NULL,
	`task_type` text NOT NULL,
	`status` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`owner`, `task_type`, `status`),
	CONSTRAINT "task_counts_count" CHECK("task_counts"."count" >= 0)
);
--> statement-breakpoint
CREATE TABLE `task_logs` (
	`task_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`level` text NOT NULL,
	`message` text NOT NULL,
	PRIMARY KEY(`task_id`, `attempt`, `seq`),
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `task_logs_at` ON `task_logs` (`at`);--> statement-breakpoint
CREATE TABLE `task_runs` (
	`task_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`server_id` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`outcome` text,
	PRIMARY KEY(`task_id`, `attempt`),
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `tasks` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`title` text NOT NULL,
	`description` text NOT NULL,
	`task_type` text NOT NULL,
	`priority` integer NOT NULL,
	`status` text NOT NULL,
	`progress` real DEFAULT 0 NOT NULL,
	`config` text NOT NULL,
	`result` text DEFAULT '{}' NOT NULL,
	`error_message` text,
	`estimated_duration` integer NOT NULL,
	`price` integer NOT NULL,
	`hold` integer NOT NULL,
	`cost` integer DEFAULT 0 NOT NULL,
	`round` integer DEFAULT 1 NOT NULL,
	`attempt` integer DEFAULT 0 NOT NULL,
	`losses` integer DEFAULT 0 NOT NULL,
	`gpu_server_id` text,
	`claim_id` text,
	`lease_until` integer,
	`deadline_at` integer,
	`need_memory` real DEFAULT 0 NOT NULL,
	`need_gpus` integer DEFAULT 0 NOT NULL,
	`need_gpu_name` text,
	`idempotency_key` text,
	`request_hash` text NOT NULL,
	`started_at` integer,
	`completed_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`gpu_server_id`) REFERENCES `gpu_servers`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tasks_idempotency` ON `tasks` (`user_id`,`idempotency_key`);--> statement-breakpoint
CREATE INDEX `tasks_pending` ON `tasks` (`priority`,`created_at`) WHERE "tasks"."status" = 'pending';--> statement-breakpoint
CREATE INDEX `tasks_open` ON `tasks` (`user_id`,`status`) WHERE "tasks"."status" IN ('pending', 'running');--> statement-breakpoint
CREATE INDEX `tasks_running` ON `tasks` (`gpu_server_id`) WHERE "tasks"."status" = 'running';--> statement-breakpoint
CREATE INDEX `tasks_leases` ON `tasks` (`lease_until`) WHERE "tasks"."status" = 'running';--> statement-breakpoint
CREATE INDEX `tasks_deadlines` ON `tasks` (`deadline_at`) WHERE "tasks"."status" = 'running';--> statement-breakpoint
CREATE INDEX `tasks_claim` ON `tasks` (`claim_id`) WHERE "tasks"."claim_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `tasks_server` ON `tasks` (`gpu_server_id`);--> statement-breakpoint
CREATE INDEX `tasks_by_creation` ON `tasks` (`user_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_status_by_creation` ON `tasks` (`user_id`,`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_status_by_update` ON `tasks` (`user_id`,`status`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_status_by_priority` ON `tasks` (`user_id`,`status`,`priority`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_type_by_creation` ON `tasks` (`user_id`,`task_type`,`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_type_by_update` ON `tasks` (`user_id`,`task_type`,`status`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_type_by_priority` ON `tasks` (`user_id`,`task_type`,`status`,`priority`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `all_tasks_by_creation` ON `tasks` (status || '',`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `all_tasks_by_update` ON `tasks` (status || '',`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `all_tasks_by_priority` ON `tasks` (status || '',`priority`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `all_tasks_type_by_creation` ON `tasks` (`task_type`,status || '',`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `all_tasks_type_by_update` ON `tasks` (`task_type`,status || '',`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `all_tasks_type_by_priority` ON `tasks` (`task_type`,status || '',`priority`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`target` text NOT NULL,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE INDEX `audit_actor` ON `audit` (`actor`,`at`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`cursor` text,
	`started_at` integer,
	`succeeded_at` integer,
	`failed_at` integer,
	`last_ms` integer,
	`failures` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `logs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`level` text NOT NULL,
	`event` text NOT NULL,
	`request_id` text,
	`fields` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `logs_at` ON `logs` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `logs_level` ON `logs` (`level`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `packages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`software_id` text NOT NULL,
	`version_id` text NOT NULL,
	`type` text NOT NULL,
	`platform` text NOT NULL,
	`arch` text NOT NULL,
	`from_version` text,
	`order_key` text NOT NULL,
	`channel` text NOT NULL,
	`file_name` text NOT NULL,
	`blob_id` integer NOT NULL,
	`size` integer NOT NULL,
	`upload_id` text NOT NULL,
	`download_count` integer DEFAULT 0 NOT NULL,
	`yanked_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`software_id`) REFERENCES `software`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`version_id`) REFERENCES `versions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`blob_id`) REFERENCES `blobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `packages_file_name_unique` ON `packages` (`file_name`);--> statement-breakpoint
CREATE UNIQUE INDEX `packages_upload_id_unique` ON `packages` (`upload_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `packages_full` ON `packages` (`version_id`,`platform`,`arch`) WHERE "packages"."type" = 'full';--> statement-breakpoint
CREATE UNIQUE INDEX `packages_patch` ON `packages` (`version_id`,`platform`,`arch`,`from_version`) WHERE "packages"."type" = 'patch';--> statement-breakpoint
CREATE INDEX `packages_newest` ON `packages` (`software_id`,`platform`,`arch`,`channel`,`type`,`order_key`);--> statement-breakpoint
CREATE INDEX `packages_listed` ON `packages` (`software_id`,`platform`,`arch`,`created_at`);--> statement-breakpoint
CREATE INDEX `packages_blob` ON `packages` (`blob_id`);--> statement-breakpoint
CREATE INDEX `packages_version` ON `packages` (`version_id`);--> statement-breakpoint
CREATE TABLE `plugin_versions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`plugin_name` text NOT NULL,
	`version` text NOT NULL,
	`order_key` text NOT NULL,
	`is_prerelease` integer NOT NULL,
	`display_name` text NOT NULL,
	`description` text NOT NULL,
	`author` text NOT NULL,
	`license` text NOT NULL,
	`homepage` text NOT NULL,
	`main_dll` text NOT NULL,
	`entry_class` text NOT NULL,
	`changelog` text NOT NULL,
	`dependencies` text NOT NULL,
	`engines` text NOT NULL,
	`file_name` text NOT NULL,
	`blob_id` integer NOT NULL,
	`size` integer NOT NULL,
	`upload_id` text NOT NULL,
	`is_deprecated` integer DEFAULT false NOT NULL,
	`download_count` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`plugin_name`) REFERENCES `plugins`(`name`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`blob_id`) REFERENCES `blobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plugin_versions_upload_id_unique` ON `plugin_versions` (`upload_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `plugin_versions_order` ON `plugin_versions` (`plugin_name`,`order_key`);--> statement-breakpoint
CREATE INDEX `plugin_versions_current` ON `plugin_versions` (`plugin_name`,`is_deprecated`,`is_prerelease`,`order_key`);--> statement-breakpoint
CREATE INDEX `plugin_versions_blob` ON `plugin_versions` (`blob_id`);--> statement-breakpoint
CREATE TABLE `plugins` (
	`name` text PRIMARY KEY NOT NULL,
	`name_key` text NOT NULL,
	`upload_key_hash` text NOT NULL,
	`current_version_id` integer,
	`is_enabled` integer DEFAULT true NOT NULL,
	`is_deprecated` integer DEFAULT false NOT NULL,
	`total_download_count` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plugins_name_key_unique` ON `plugins` (`name_key`);--> statement-breakpoint
CREATE TABLE `software` (
	`id` text PRIMARY KEY NOT NULL,
	`akey` text NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text,
	`description` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `software_akey_unique` ON `software` (`akey`);--> statement-breakpoint
CREATE UNIQUE INDEX `software_slug_unique` ON `software` (`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `software_name_key_unique` ON `software` (`name_key`);--> statement-breakpoint
CREATE TABLE `versions` (
	`id` text PRIMARY KEY NOT NULL,
	`vkey` text NOT NULL,
	`software_id` text NOT NULL,
	`version` text NOT NULL,
	`order_key` text,
	`channel` text NOT NULL,
	`is_critical` integer NOT NULL,
	`is_latest` integer DEFAULT false NOT NULL,
	`description` text NOT NULL,
	`notes` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`software_id`) REFERENCES `software`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `versions_vkey_unique` ON `versions` (`vkey`);--> statement-breakpoint
CREATE UNIQUE INDEX `versions_text` ON `versions` (`software_id`,`version`);--> statement-breakpoint
CREATE UNIQUE INDEX `versions_latest` ON `versions` (`software_id`) WHERE "versions"."is_latest" = 1;--> statement-breakpoint
CREATE INDEX `versions_listed` ON `versions` (`software_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `blobs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`object_key` text NOT NULL,
	`category` text NOT NULL,
	`size` integer NOT NULL,
	`file_name` text,
	`sha256` text NOT NULL,
	`sha1` text NOT NULL,
	`sha512` text NOT NULL,
	`md5` text NOT NULL,
	`digests_due` integer DEFAULT false NOT NULL,
	`state` text NOT NULL,
	`refs` integer DEFAULT 0 NOT NULL,
	`released_at` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "blobs_refs" CHECK("blobs"."refs" >= 0 AND ("blobs"."refs" = 0 OR "blobs"."state" = 'live'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `blobs_object_key_unique` ON `blobs` (`object_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `blobs_content` ON `blobs` (`sha256`,`category`,`file_name`) WHERE "blobs"."state" = 'live';--> statement-breakpoint
CREATE INDEX `blobs_digests_due` ON `blobs` (`id`) WHERE "blobs"."digests_due" = 1;--> statement-breakpoint
CREATE INDEX `blobs_unreferenced` ON `blobs` (`released_at`) WHERE "blobs"."refs" = 0;--> statement-breakpoint
CREATE TABLE `uploads` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`category` text NOT NULL,
	`state` text NOT NULL,
	`owner` text NOT NULL,
	`idempotency_key` text,
	`request_hash` text NOT NULL,
	`draft` text NOT NULL,
	`file_name` text NOT NULL,
	`content_type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text,
	`md5` text,
	`reserved_bytes` integer NOT NULL,
	`object_key` text,
	`multipart_id` text,
	`part_size` integer NOT NULL,
	`part_count` integer NOT NULL,
	`staging_etag` text,
	`bytes_verified` integer DEFAULT 0 NOT NULL,
	`hash_state` text,
	`digests` text,
	`lease_holder` text,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`error_code` text,
	`error_params` text,
	`repeats` text,
	`staged` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `uploads_idempotency` ON `uploads` (`owner`,`idempotency_key`);--> statement-breakpoint
CREATE INDEX `uploads_repeated` ON `uploads` (`idempotency_key`) WHERE "uploads"."idempotency_key" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `uploads_rate` ON `uploads` (`owner`,`created_at`);--> statement-breakpoint
CREATE INDEX `uploads_open` ON `uploads` (`state`,`expires_at`) WHERE "uploads"."state" IN ('pending', 'verifying');--> statement-breakpoint
CREATE INDEX `uploads_staged` ON `uploads` (`ended_at`) WHERE "uploads"."staged" = 1;--> statement-breakpoint
CREATE INDEX `uploads_ended` ON `uploads` (`ended_at`);--> statement-breakpoint
CREATE TABLE `usage` (
	`category` text PRIMARY KEY NOT NULL,
	`bytes` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
-- Written by hand from here on: the first rows, and the triggers, whose reasons are in ../triggers.sql.
INSERT INTO `usage` (`category`)
VALUES ('full'), ('patch'), ('hotfix'), ('plugin'), ('backup'), ('input'), ('output'), ('reserved');
--> statement-breakpoint
INSERT INTO `ledger_totals` (`kind`) VALUES ('recharge'), ('hold'), ('release'), ('charge'), ('refund'), ('adjustment');
--> statement-breakpoint
INSERT INTO `software` (`id`, `akey`, `slug`, `name`, `name_key`, `created_at`)
VALUES ('sfw_0', 'soft_' || lower(hex(randomblob(16))), 'omega', 'omega', 'omega', CAST(unixepoch('subsec') * 1000 AS INTEGER));
--> statement-breakpoint
CREATE TRIGGER `uploads_reserve` AFTER INSERT ON `uploads` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` + NEW.`reserved_bytes` WHERE `category` = 'reserved';
END;
--> statement-breakpoint
CREATE TRIGGER `uploads_return` AFTER UPDATE OF `reserved_bytes` ON `uploads` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` + NEW.`reserved_bytes` - OLD.`reserved_bytes` WHERE `category` = 'reserved';
END;
--> statement-breakpoint
CREATE TRIGGER `uploads_forget` AFTER DELETE ON `uploads` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` - OLD.`reserved_bytes` WHERE `category` = 'reserved';
END;
--> statement-breakpoint
CREATE TRIGGER `blobs_refs` AFTER UPDATE OF `refs` ON `blobs` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` + NEW.`size` * ((NEW.`refs` > 0) - (OLD.`refs` > 0)) WHERE `category` = NEW.`category`;
END;
--> statement-breakpoint
CREATE TRIGGER `packages_hold_blob` AFTER INSERT ON `packages` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `packages_release_blob` AFTER DELETE ON `packages` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `plugin_versions_hold_blob` AFTER INSERT ON `plugin_versions` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `plugin_versions_release_blob` AFTER DELETE ON `plugin_versions` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `backups_hold_blob` AFTER INSERT ON `backups` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `backups_release_blob` AFTER DELETE ON `backups` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `task_inputs_hold_blob` AFTER INSERT ON `task_inputs` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `task_inputs_release_blob` AFTER DELETE ON `task_inputs` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `task_outputs_hold_blob` AFTER INSERT ON `task_outputs` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `task_outputs_release_blob` AFTER DELETE ON `task_outputs` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `plugin_versions_new` AFTER INSERT ON `plugin_versions` BEGIN
	UPDATE `plugins` SET `current_version_id` = (
		SELECT `id` FROM `plugin_versions` WHERE `plugin_name` = NEW.`plugin_name`
		ORDER BY `is_deprecated`, `is_prerelease`, `order_key` DESC LIMIT 1
	) WHERE `name` = NEW.`plugin_name`;
END;
--> statement-breakpoint
CREATE TRIGGER `plugin_versions_deprecated` AFTER UPDATE OF `is_deprecated` ON `plugin_versions` BEGIN
	UPDATE `plugins` SET `current_version_id` = (
		SELECT `id` FROM `plugin_versions` WHERE `plugin_name` = NEW.`plugin_name`
		ORDER BY `is_deprecated`, `is_prerelease`, `order_key` DESC LIMIT 1
	) WHERE `name` = NEW.`plugin_name`;
END;
--> statement-breakpoint
CREATE TRIGGER `plugin_versions_counted` AFTER UPDATE OF `download_count` ON `plugin_versions` BEGIN
	UPDATE `plugins` SET `total_download_count` = `total_download_count` + NEW.`download_count` - OLD.`download_count`
	WHERE `name` = NEW.`plugin_name`;
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_moves_balance` AFTER INSERT ON `ledger` BEGIN
	INSERT INTO `balances` (`user_id`, `balance`) VALUES (NEW.`user_id`, 0) ON CONFLICT DO NOTHING;
	UPDATE `balances` SET `balance` = `balance` + NEW.`amount` WHERE `user_id` = NEW.`user_id`;
	UPDATE `ledger_totals` SET `amount` = `amount` + NEW.`amount` WHERE `kind` = NEW.`kind`;
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_moves_sums` AFTER INSERT ON `ledger` BEGIN
	INSERT INTO `ledger_sums` (`user_id`, `kind`, `amount`, `entries`) VALUES (NEW.`user_id`, NEW.`kind`, NEW.`amount`, 1)
	ON CONFLICT DO UPDATE SET `amount` = `amount` + NEW.`amount`, `entries` = `entries` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_never_changes` BEFORE UPDATE ON `ledger` BEGIN
	SELECT RAISE(ABORT, 'the ledger is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_never_forgets` BEFORE DELETE ON `ledger` BEGIN
	SELECT RAISE(ABORT, 'the ledger is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `tasks_count_new` AFTER INSERT ON `tasks` BEGIN
	INSERT INTO `task_counts` (`owner`, `task_type`, `status`, `count`)
	VALUES ('', NEW.`task_type`, NEW.`status`, 1), (NEW.`user_id`, NEW.`task_type`, NEW.`status`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `tasks_count_changed` AFTER UPDATE OF `status` ON `tasks` WHEN OLD.`status` <> NEW.`status` BEGIN
	UPDATE `task_counts` SET `count` = `count` - 1
	WHERE `owner` IN ('', OLD.`user_id`) AND `task_type` = OLD.`task_type` AND `status` = OLD.`status`;
	INSERT INTO `task_counts` (`owner`, `task_type`, `status`, `count`)
	VALUES ('', NEW.`task_type`, NEW.`status`, 1), (NEW.`user_id`, NEW.`task_type`, NEW.`status`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `tasks_uncount` AFTER DELETE ON `tasks` BEGIN
	UPDATE `task_counts` SET `count` = `count` - 1
	WHERE `owner` IN ('', OLD.`user_id`) AND `task_type` = OLD.`task_type` AND `status` = OLD.`status`;
END;
--> statement-breakpoint
CREATE TRIGGER `appwares_count_new` AFTER INSERT ON `appwares` BEGIN
	INSERT INTO `appware_counts` (`owner`, `is_deleted`, `status`, `is_active`, `count`)
	VALUES ('', NEW.`is_deleted`, NEW.`status`, NEW.`is_active`, 1),
		(NEW.`created_by`, NEW.`is_deleted`, NEW.`status`, NEW.`is_active`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `appwares_count_changed` AFTER UPDATE OF `created_by`, `is_deleted`, `status`, `is_active` ON `appwares`
WHEN (OLD.`created_by`, OLD.`is_deleted`, OLD.`status`, OLD.`is_active`)
	<> (NEW.`created_by`, NEW.`is_deleted`, NEW.`status`, NEW.`is_active`) BEGIN
	UPDATE `appware_counts` SET `count` = `count` - 1
	WHERE `owner` IN ('', OLD.`created_by`)
		AND `is_deleted` = OLD.`is_deleted` AND `status` = OLD.`status` AND `is_active` = OLD.`is_active`;
	INSERT INTO `appware_counts` (`owner`, `is_deleted`, `status`, `is_active`, `count`)
	VALUES ('', NEW.`is_deleted`, NEW.`status`, NEW.`is_active`, 1),
		(NEW.`created_by`, NEW.`is_deleted`, NEW.`status`, NEW.`is_active`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `appwares_uncount` AFTER DELETE ON `appwares` BEGIN
	UPDATE `appware_counts` SET `count` = `count` - 1
	WHERE `owner` IN ('', OLD.`created_by`)
		AND `is_deleted` = OLD.`is_deleted` AND `status` = OLD.`status` AND `is_active` = OLD.`is_active`;
END;
