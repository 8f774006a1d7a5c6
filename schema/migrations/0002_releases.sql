ALTER TABLE `software` ADD `name_key` text;--> statement-breakpoint
UPDATE `software` SET `name_key` = lower(`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `software_name_key_unique` ON `software` (`name_key`);--> statement-breakpoint
CREATE INDEX `packages_version` ON `packages` (`version_id`);--> statement-breakpoint
UPDATE `versions` SET `is_latest` = 1 WHERE `id` IN (
	SELECT (
		SELECT `v`.`id` FROM `versions` AS `v` WHERE `v`.`software_id` = `software`.`id`
		ORDER BY `v`.`channel` = 'stable' DESC, `v`.`order_key` DESC, `v`.`created_at` DESC, `v`.`id` DESC LIMIT 1
	) FROM `software`
	WHERE NOT EXISTS (SELECT 1 FROM `versions` AS `l` WHERE `l`.`software_id` = `software`.`id` AND `l`.`is_latest` = 1)
);
