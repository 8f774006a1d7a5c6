CREATE TABLE `ledger_checks` (
	`id` integer PRIMARY KEY NOT NULL,
	`checked_at` integer NOT NULL,
	`problems` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `download_totals` (
	`source` text PRIMARY KEY NOT NULL,
	`downloads` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `package_counts` (
	`platform` text NOT NULL,
	`type` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`platform`, `type`)
);

--> statement-breakpoint
INSERT INTO `download_totals` (`source`, `downloads`)
SELECT 'packages', coalesce(sum(`download_count`), 0) FROM `packages`
UNION ALL SELECT 'companions', coalesce(sum(`download_count`), 0) FROM `companions`
UNION ALL SELECT 'plugin_versions', coalesce(sum(`download_count`), 0) FROM `plugin_versions`
UNION ALL SELECT 'task_outputs', coalesce(sum(`download_count`), 0) FROM `task_outputs`;
--> statement-breakpoint
INSERT INTO `package_counts` (`platform`, `type`, `count`)
SELECT `platform`, `type`, count(*) FROM `packages` GROUP BY `platform`, `type`;
--> statement-breakpoint
CREATE TRIGGER `packages_count_new` AFTER INSERT ON `packages` BEGIN
	INSERT INTO `package_counts` (`platform`, `type`, `count`) VALUES (NEW.`platform`, NEW.`type`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `packages_uncount` AFTER DELETE ON `packages` BEGIN
	UPDATE `package_counts` SET `count` = `count` - 1 WHERE `platform` = OLD.`platform` AND `type` = OLD.`type`;
END;
