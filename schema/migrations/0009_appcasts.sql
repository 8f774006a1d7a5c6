CREATE TABLE `appcasts` (
	`software_id` text NOT NULL,
	`platform` text NOT NULL,
	`arch` text NOT NULL,
	`appcast` text NOT NULL,
	`signature` text,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`software_id`, `platform`, `arch`),
	FOREIGN KEY (`software_id`) REFERENCES `software`(`id`) ON UPDATE no action ON DELETE cascade
);
