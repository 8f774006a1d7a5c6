ALTER TABLE `jobs` ADD `started_at` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `succeeded_at` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `failed_at` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `last_ms` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `failures` integer DEFAULT 0 NOT NULL;