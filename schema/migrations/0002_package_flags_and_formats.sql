DROP INDEX `packages_full`;--> statement-breakpoint
DROP INDEX `packages_patch`;--> statement-breakpoint
ALTER TABLE `packages` ADD `is_critical` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `packages` ADD `description` text;--> statement-breakpoint
ALTER TABLE `packages` ADD `format` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `packages_critical` ON `packages` (`software_id`,`platform`,`arch`,`channel`,`order_key`) WHERE "packages"."is_critical" = 1;--> statement-breakpoint
CREATE UNIQUE INDEX `packages_full` ON `packages` (`version_id`,`platform`,`arch`,`format`) WHERE "packages"."type" = 'full';--> statement-breakpoint
CREATE UNIQUE INDEX `packages_patch` ON `packages` (`version_id`,`platform`,`arch`,`from_version`,`format`) WHERE "packages"."type" = 'patch';--> statement-breakpoint
UPDATE `packages` SET
	`is_critical` = (SELECT `is_critical` FROM `versions` WHERE `versions`.`id` = `packages`.`version_id`),
	`format` = CASE WHEN lower(`file_name`) LIKE '%.tar.%'
		THEN 'tar.' || lower(replace(`file_name`, rtrim(`file_name`, replace(`file_name`, '.', '')), ''))
		ELSE lower(replace(`file_name`, rtrim(`file_name`, replace(`file_name`, '.', '')), '')) END;
