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
	`created_at` integer NOT NULL,
	FOREIGN KEY (`code_id`) REFERENCES `recharge_codes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `redemptions_once` ON `redemptions` (`code_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `redemptions_user` ON `redemptions` (`user_id`,`created_at`,`id`);--> statement-breakpoint
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
CREATE INDEX `task_inputs_age` ON `task_inputs` (`created_at`);--> statement-breakpoint
CREATE INDEX `task_inputs_blob` ON `task_inputs` (`blob_id`);--> statement-breakpoint
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
CREATE INDEX `tasks_by_creation` ON `tasks` (`user_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_by_update` ON `tasks` (`user_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_by_priority` ON `tasks` (`user_id`,`priority`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_status_by_creation` ON `tasks` (`user_id`,`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_status_by_update` ON `tasks` (`user_id`,`status`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_status_by_priority` ON `tasks` (`user_id`,`status`,`priority`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_type` ON `tasks` (`user_id`,`task_type`,`status`,`created_at`,`id`);--> statement-breakpoint
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
ALTER TABLE `uploads` ADD `error_params` text;--> statement-breakpoint
CREATE INDEX `audit_actor` ON `audit` (`actor`,`at`);