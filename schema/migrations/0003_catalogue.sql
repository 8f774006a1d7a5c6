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
DROP INDEX `appwares_listed`;--> statement-breakpoint
DROP INDEX `appwares_mine`;--> statement-breakpoint
CREATE INDEX `appwares_software` ON `appwares` (`software_id`) WHERE "appwares"."software_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `appwares_listed` ON `appwares` (`is_deleted`,`status`,`is_active`,`sort_order`,created_at DESC,id DESC);--> statement-breakpoint
CREATE INDEX `appwares_mine` ON `appwares` (`created_by`,`is_deleted`,`status`,`is_active`,`sort_order`,created_at DESC,id DESC);