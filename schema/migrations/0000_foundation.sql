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
CREATE TABLE `jobs` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`cursor` text
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
CREATE INDEX `appwares_listed` ON `appwares` (`is_deleted`,`sort_order`,created_at DESC);--> statement-breakpoint
CREATE INDEX `appwares_mine` ON `appwares` (`created_by`,`is_deleted`,`sort_order`,created_at DESC);--> statement-breakpoint
CREATE INDEX `appwares_popular` ON `appwares` (`is_deleted`,`view_count`);--> statement-breakpoint
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
CREATE TABLE `software` (
	`id` text PRIMARY KEY NOT NULL,
	`akey` text NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`description` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `software_akey_unique` ON `software` (`akey`);--> statement-breakpoint
CREATE UNIQUE INDEX `software_slug_unique` ON `software` (`slug`);--> statement-breakpoint
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
	`sha256` text NOT NULL,
	`sha1` text NOT NULL,
	`sha512` text NOT NULL,
	`md5` text NOT NULL,
	`state` text NOT NULL,
	`refs` integer DEFAULT 0 NOT NULL,
	`released_at` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "blobs_refs" CHECK("blobs"."refs" >= 0 AND ("blobs"."refs" = 0 OR "blobs"."state" = 'live'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `blobs_object_key_unique` ON `blobs` (`object_key`);--> statement-breakpoint
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
	`multipart_id` text,
	`part_size` integer NOT NULL,
	`part_count` integer NOT NULL,
	`staging_etag` text,
	`bytes_verified` integer DEFAULT 0 NOT NULL,
	`hash_state` text,
	`lease_holder` text,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`error_code` text,
	`staged` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `uploads_idempotency` ON `uploads` (`owner`,`idempotency_key`);--> statement-breakpoint
CREATE INDEX `uploads_rate` ON `uploads` (`owner`,`created_at`);--> statement-breakpoint
CREATE INDEX `uploads_open` ON `uploads` (`state`,`expires_at`) WHERE "uploads"."state" IN ('pending', 'verifying');--> statement-breakpoint
CREATE INDEX `uploads_staged` ON `uploads` (`ended_at`) WHERE "uploads"."staged" = 1;--> statement-breakpoint
CREATE INDEX `uploads_ended` ON `uploads` (`ended_at`);--> statement-breakpoint
CREATE TABLE `usage` (
	`category` text PRIMARY KEY NOT NULL,
	`bytes` integer DEFAULT 0 NOT NULL
);
