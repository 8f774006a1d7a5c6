CREATE TABLE `rollouts` (
	`id` text PRIMARY KEY NOT NULL,
	`version_id` text,
	`plugin_version_id` integer,
	`channel` text NOT NULL,
	`seed` text NOT NULL,
	`steps` text NOT NULL,
	`policy` text NOT NULL,
	`state` text NOT NULL,
	`step` integer DEFAULT 0 NOT NULL,
	`basis_points` integer NOT NULL,
	`step_started_at` integer NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`notified_at` integer,
	`revision` integer DEFAULT 0 NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`version_id`) REFERENCES `versions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`plugin_version_id`) REFERENCES `plugin_versions`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "rollouts_subject" CHECK(("rollouts"."version_id" IS NULL) <> ("rollouts"."plugin_version_id" IS NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rollouts_version` ON `rollouts` (`version_id`,`channel`);--> statement-breakpoint
CREATE UNIQUE INDEX `rollouts_plugin_version` ON `rollouts` (`plugin_version_id`);--> statement-breakpoint
CREATE INDEX `rollouts_state` ON `rollouts` (`state`,`id`);--> statement-breakpoint
CREATE TABLE `device_signals` (
	`subject` text NOT NULL,
	`device` text NOT NULL,
	`installed_at` integer,
	`started_at` integer,
	`failed_at` integer,
	`crashed_at` integer,
	`message` text DEFAULT '' NOT NULL,
	`from_version` text,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`subject`, `device`)
);
--> statement-breakpoint
CREATE INDEX `device_signals_updated` ON `device_signals` (`updated_at`);--> statement-breakpoint
CREATE TABLE `signal_counts` (
	`subject` text PRIMARY KEY NOT NULL,
	`reports` integer DEFAULT 0 NOT NULL,
	`installed` integer DEFAULT 0 NOT NULL,
	`started` integer DEFAULT 0 NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `adoption` (
	`software_id` text NOT NULL,
	`day` integer NOT NULL,
	`version` text NOT NULL,
	`channel` text NOT NULL,
	`platform` text NOT NULL,
	`arch` text NOT NULL,
	`devices` integer NOT NULL,
	PRIMARY KEY(`software_id`, `day`, `version`, `channel`, `platform`, `arch`)
);
--> statement-breakpoint
CREATE TABLE `daily_counts` (
	`software_id` text NOT NULL,
	`day` integer NOT NULL,
	`version` text NOT NULL,
	`platform` text NOT NULL,
	`checks` integer DEFAULT 0 NOT NULL,
	`offers` integer DEFAULT 0 NOT NULL,
	`downloads` integer DEFAULT 0 NOT NULL,
	`installs` integer DEFAULT 0 NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`software_id`, `day`, `version`, `platform`),
	FOREIGN KEY (`software_id`) REFERENCES `software`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `devices` (
	`software_id` text NOT NULL,
	`device` text NOT NULL,
	`version` text NOT NULL,
	`channel` text NOT NULL,
	`platform` text NOT NULL,
	`arch` text NOT NULL,
	`day` integer NOT NULL,
	PRIMARY KEY(`software_id`, `device`),
	FOREIGN KEY (`software_id`) REFERENCES `software`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `devices_day` ON `devices` (`day`);