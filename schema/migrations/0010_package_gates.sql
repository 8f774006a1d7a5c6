ALTER TABLE `packages` ADD `min_update_key` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `packages_open` ON `packages` (`software_id`,`platform`,`arch`,`channel`,`type`,`min_update_key`,`order_key`);--> statement-breakpoint
UPDATE `packages` SET `min_update_key` = (
	SELECT `min_update_key` FROM `versions` WHERE `id` = `packages`.`version_id`
) WHERE `version_id` IN (SELECT `id` FROM `versions` WHERE `min_update_key` IS NOT NULL);--> statement-breakpoint
CREATE TRIGGER `packages_take_gate` AFTER INSERT ON `packages` BEGIN
	UPDATE `packages` SET `min_update_key` = (
		SELECT `min_update_key` FROM `versions` WHERE `id` = NEW.`version_id`
	) WHERE `id` = NEW.`id` AND EXISTS (
		SELECT 1 FROM `versions` WHERE `id` = NEW.`version_id` AND `min_update_key` IS NOT NULL
	);
END;--> statement-breakpoint
CREATE TRIGGER `versions_gate_packages` AFTER UPDATE OF `min_update_key` ON `versions`
WHEN NEW.`min_update_key` IS NOT OLD.`min_update_key` BEGIN
	UPDATE `packages` SET `min_update_key` = coalesce(NEW.`min_update_key`, '') WHERE `version_id` = NEW.`id`;
END;
