INSERT INTO `appware_counts` (`owner`, `is_deleted`, `status`, `is_active`, `count`)
SELECT '', `is_deleted`, `status`, `is_active`, count(*) FROM `appwares` GROUP BY 2, 3, 4
UNION ALL
SELECT `created_by`, `is_deleted`, `status`, `is_active`, count(*) FROM `appwares` GROUP BY 1, 2, 3, 4;
--> statement-breakpoint
CREATE TRIGGER `appwares_count_new` AFTER INSERT ON `appwares` BEGIN
	INSERT INTO `appware_counts` (`owner`, `is_deleted`, `status`, `is_active`, `count`)
	VALUES ('', NEW.`is_deleted`, NEW.`status`, NEW.`is_active`, 1),
		(NEW.`created_by`, NEW.`is_deleted`, NEW.`status`, NEW.`is_active`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `appwares_count_changed` AFTER UPDATE OF `created_by`, `is_deleted`, `status`, `is_active` ON `appwares`
WHEN (OLD.`created_by`, OLD.`is_deleted`, OLD.`status`, OLD.`is_active`)
	<> (NEW.`created_by`, NEW.`is_deleted`, NEW.`status`, NEW.`is_active`) BEGIN
	UPDATE `appware_counts` SET `count` = `count` - 1
	WHERE `owner` IN ('', OLD.`created_by`)
		AND `is_deleted` = OLD.`is_deleted` AND `status` = OLD.`status` AND `is_active` = OLD.`is_active`;
	INSERT INTO `appware_counts` (`owner`, `is_deleted`, `status`, `is_active`, `count`)
	VALUES ('', NEW.`is_deleted`, NEW.`status`, NEW.`is_active`, 1),
		(NEW.`created_by`, NEW.`is_deleted`, NEW.`status`, NEW.`is_active`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `appwares_uncount` AFTER DELETE ON `appwares` BEGIN
	UPDATE `appware_counts` SET `count` = `count` - 1
	WHERE `owner` IN ('', OLD.`created_by`)
		AND `is_deleted` = OLD.`is_deleted` AND `status` = OLD.`status` AND `is_active` = OLD.`is_active`;
END;
