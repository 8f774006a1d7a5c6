CREATE TABLE `companions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`package_id` integer NOT NULL,
	`role` text NOT NULL,
	`file_name` text NOT NULL,
	`blob_id` integer NOT NULL,
	`size` integer NOT NULL,
	`upload_id` text NOT NULL,
	`download_count` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`package_id`) REFERENCES `packages`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`blob_id`) REFERENCES `blobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `companions_file_name_unique` ON `companions` (`file_name`);--> statement-breakpoint
CREATE UNIQUE INDEX `companions_upload_id_unique` ON `companions` (`upload_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `companions_role` ON `companions` (`package_id`,`role`);--> statement-breakpoint
CREATE INDEX `companions_blob` ON `companions` (`blob_id`);--> statement-breakpoint
DROP INDEX `uploads_open`;--> statement-breakpoint
ALTER TABLE `uploads` ADD `release` text;--> statement-breakpoint
CREATE INDEX `uploads_release` ON `uploads` (`release`) WHERE "uploads"."release" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `uploads_held` ON `uploads` (`category`,`file_name`) WHERE "uploads"."state" = 'held';--> statement-breakpoint
CREATE INDEX `uploads_open` ON `uploads` (`state`,`expires_at`) WHERE "uploads"."state" IN ('pending', 'verifying', 'held');--> statement-breakpoint
ALTER TABLE `packages` ADD `signature` text;--> statement-breakpoint
ALTER TABLE `packages` ADD `ed_signature` text;--> statement-breakpoint
ALTER TABLE `packages` ADD `build_number` text;--> statement-breakpoint
ALTER TABLE `packages` ADD `min_os_version` text;--> statement-breakpoint
ALTER TABLE `packages` ADD `installer_args` text;--> statement-breakpoint
ALTER TABLE `packages` ADD `block_map_size` integer;--> statement-breakpoint
ALTER TABLE `packages` ADD `requires_admin` integer DEFAULT false NOT NULL;--> statement-breakpoint
INSERT INTO `usage` (`category`) VALUES ('companion');--> statement-breakpoint
CREATE TRIGGER `companions_hold_blob` AFTER INSERT ON `companions` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;--> statement-breakpoint
CREATE TRIGGER `companions_release_blob` AFTER DELETE ON `companions` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;
