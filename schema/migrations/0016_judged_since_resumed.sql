ALTER TABLE `rollouts` ADD `past_reports` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `rollouts` ADD `past_failures` integer DEFAULT 0 NOT NULL;