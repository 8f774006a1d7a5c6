ALTER TABLE `api_keys` ADD `software` text;--> statement-breakpoint
ALTER TABLE `software` ADD `visibility` text DEFAULT 'public' NOT NULL;