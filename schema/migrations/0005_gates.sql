ALTER TABLE `versions` ADD `is_watershed` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `versions` ADD `min_update_from` text;--> statement-breakpoint
ALTER TABLE `versions` ADD `min_update_key` text;--> statement-breakpoint
CREATE INDEX `versions_watersheds` ON `versions` (`software_id`,`order_key`) WHERE "versions"."is_watershed" = 1;--> statement-breakpoint
CREATE INDEX `versions_min_updates` ON `versions` (`software_id`,`min_update_key`) WHERE "versions"."min_update_key" IS NOT NULL;