CREATE TABLE `sign_in_origins` (
	`user_id` text NOT NULL,
	`address` text NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `address`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sign_in_origins_seen` ON `sign_in_origins` (`seen_at`);--> statement-breakpoint
DROP INDEX `appwares_popular`;--> statement-breakpoint
CREATE INDEX `appwares_popular` ON `appwares` (`is_deleted`,`status`,`is_active`,`view_count`);--> statement-breakpoint
ALTER TABLE `users` ADD `look_key` text;--> statement-breakpoint
CREATE UNIQUE INDEX `users_look_key_unique` ON `users` (`look_key`);