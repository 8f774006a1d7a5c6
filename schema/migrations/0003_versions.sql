ALTER TABLE `versions` ADD `is_withdrawn` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `versions_order` ON `versions` (`software_id`,`order_key`);
--> statement-breakpoint
CREATE TRIGGER `packages_offer_version` AFTER INSERT ON `packages` WHEN NEW.`yanked_at` IS NULL BEGIN
	UPDATE `versions` SET `is_withdrawn` = 0 WHERE `id` = NEW.`version_id` AND `is_withdrawn`;
END;
--> statement-breakpoint
CREATE TRIGGER `packages_yank_version` AFTER UPDATE OF `yanked_at` ON `packages` BEGIN
	UPDATE `versions` SET `is_withdrawn` = NOT EXISTS (
		SELECT 1 FROM `packages` WHERE `version_id` = NEW.`version_id` AND `yanked_at` IS NULL
	) WHERE `id` = NEW.`version_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `packages_withdraw_version` AFTER DELETE ON `packages` BEGIN
	UPDATE `versions` SET `is_withdrawn` = NOT EXISTS (
		SELECT 1 FROM `packages` WHERE `version_id` = OLD.`version_id` AND `yanked_at` IS NULL
	) WHERE `id` = OLD.`version_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `versions_withdrawn` AFTER UPDATE OF `is_withdrawn` ON `versions`
WHEN NEW.`is_withdrawn` AND NOT OLD.`is_withdrawn` BEGIN
	UPDATE `versions` SET `is_latest` = 0 WHERE `id` = NEW.`id`;
	UPDATE `versions` SET `is_latest` = 1 WHERE `id` = (
		SELECT `id` FROM `versions` WHERE `software_id` = NEW.`software_id` AND NOT `is_withdrawn`
		ORDER BY `channel` = 'stable' DESC, `order_key` DESC, `created_at` DESC, `rowid` DESC LIMIT 1
	) AND NOT EXISTS (SELECT 1 FROM `versions` WHERE `software_id` = NEW.`software_id` AND `is_latest`);
END;
--> statement-breakpoint
CREATE TRIGGER `versions_offered` AFTER UPDATE OF `is_withdrawn` ON `versions`
WHEN OLD.`is_withdrawn` AND NOT NEW.`is_withdrawn` BEGIN
	UPDATE `versions` SET `is_latest` = 0 WHERE `software_id` = NEW.`software_id` AND `is_latest` AND CASE
		WHEN (`channel` = 'stable') <> (NEW.`channel` = 'stable') THEN NEW.`channel` = 'stable'
		WHEN `order_key` IS NULL OR NEW.`order_key` IS NULL THEN `created_at` < NEW.`created_at`
		ELSE `order_key` < NEW.`order_key` END;
	UPDATE `versions` SET `is_latest` = 1 WHERE `id` = NEW.`id`
		AND NOT EXISTS (SELECT 1 FROM `versions` WHERE `software_id` = NEW.`software_id` AND `is_latest`);
END;
--> statement-breakpoint
-- Of what was yanked before; the trigger hands over what is the latest.
UPDATE `versions` SET `is_withdrawn` = 1
WHERE EXISTS (SELECT 1 FROM `packages` WHERE `version_id` = `versions`.`id`)
	AND NOT EXISTS (SELECT 1 FROM `packages` WHERE `version_id` = `versions`.`id` AND `yanked_at` IS NULL);
