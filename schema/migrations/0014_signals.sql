CREATE INDEX `daily_counts_day` ON `daily_counts` (`day`);--> statement-breakpoint
CREATE TRIGGER `device_signals_count_new` AFTER INSERT ON `device_signals` BEGIN
	INSERT INTO `signal_counts` (`subject`, `reports`, `installed`, `started`, `failures`)
	VALUES (NEW.`subject`, 1, NEW.`installed_at` IS NOT NULL, NEW.`started_at` IS NOT NULL,
		max(ifnull(NEW.`failed_at`, 0), ifnull(NEW.`crashed_at`, 0)) > ifnull(NEW.`started_at`, 0))
	ON CONFLICT DO UPDATE SET
		`reports` = `reports` + 1,
		`installed` = `installed` + excluded.`installed`,
		`started` = `started` + excluded.`started`,
		`failures` = `failures` + excluded.`failures`;
END;
--> statement-breakpoint
CREATE TRIGGER `device_signals_count_changed` AFTER UPDATE OF `installed_at`, `started_at`, `failed_at`, `crashed_at`
ON `device_signals` BEGIN
	UPDATE `signal_counts` SET
		`installed` = `installed` + (NEW.`installed_at` IS NOT NULL) - (OLD.`installed_at` IS NOT NULL),
		`started` = `started` + (NEW.`started_at` IS NOT NULL) - (OLD.`started_at` IS NOT NULL),
		`failures` = `failures`
			+ (max(ifnull(NEW.`failed_at`, 0), ifnull(NEW.`crashed_at`, 0)) > ifnull(NEW.`started_at`, 0))
			- (max(ifnull(OLD.`failed_at`, 0), ifnull(OLD.`crashed_at`, 0)) > ifnull(OLD.`started_at`, 0))
	WHERE `subject` = NEW.`subject`;
END;
--> statement-breakpoint
CREATE TRIGGER `device_signals_uncount` AFTER DELETE ON `device_signals` BEGIN
	UPDATE `signal_counts` SET
		`reports` = `reports` - 1,
		`installed` = `installed` - (OLD.`installed_at` IS NOT NULL),
		`started` = `started` - (OLD.`started_at` IS NOT NULL),
		`failures` = `failures`
			- (max(ifnull(OLD.`failed_at`, 0), ifnull(OLD.`crashed_at`, 0)) > ifnull(OLD.`started_at`, 0))
	WHERE `subject` = OLD.`subject`;
END;
--> statement-breakpoint
CREATE TRIGGER `versions_forget_signals` AFTER DELETE ON `versions` BEGIN
	DELETE FROM `signal_counts` WHERE `subject` = OLD.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `plugin_versions_forget_signals` AFTER DELETE ON `plugin_versions` BEGIN
	DELETE FROM `signal_counts` WHERE `subject` = 'plugin:' || OLD.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `devices_count_new` AFTER INSERT ON `devices` BEGIN
	INSERT INTO `adoption` (`software_id`, `day`, `version`, `channel`, `platform`, `arch`, `devices`)
	VALUES (NEW.`software_id`, NEW.`day`, NEW.`version`, NEW.`channel`, NEW.`platform`, NEW.`arch`, 1)
	ON CONFLICT DO UPDATE SET `devices` = `devices` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `devices_count_changed` AFTER UPDATE ON `devices` BEGIN
	UPDATE `adoption` SET `devices` = `devices` - 1
	WHERE `software_id` = OLD.`software_id` AND `day` = OLD.`day` AND `version` = OLD.`version`
		AND `channel` = OLD.`channel` AND `platform` = OLD.`platform` AND `arch` = OLD.`arch`;
	DELETE FROM `adoption`
	WHERE `software_id` = OLD.`software_id` AND `day` = OLD.`day` AND `version` = OLD.`version`
		AND `channel` = OLD.`channel` AND `platform` = OLD.`platform` AND `arch` = OLD.`arch` AND `devices` = 0;
	INSERT INTO `adoption` (`software_id`, `day`, `version`, `channel`, `platform`, `arch`, `devices`)
	VALUES (NEW.`software_id`, NEW.`day`, NEW.`version`, NEW.`channel`, NEW.`platform`, NEW.`arch`, 1)
	ON CONFLICT DO UPDATE SET `devices` = `devices` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `devices_uncount` AFTER DELETE ON `devices` BEGIN
	UPDATE `adoption` SET `devices` = `devices` - 1
	WHERE `software_id` = OLD.`software_id` AND `day` = OLD.`day` AND `version` = OLD.`version`
		AND `channel` = OLD.`channel` AND `platform` = OLD.`platform` AND `arch` = OLD.`arch`;
	DELETE FROM `adoption`
	WHERE `software_id` = OLD.`software_id` AND `day` = OLD.`day` AND `version` = OLD.`version`
		AND `channel` = OLD.`channel` AND `platform` = OLD.`platform` AND `arch` = OLD.`arch` AND `devices` = 0;
END;
