INSERT INTO `usage` (`category`) VALUES ('input'), ('output');
--> statement-breakpoint
CREATE TRIGGER `plugin_versions_hold_blob` AFTER INSERT ON `plugin_versions` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `plugin_versions_release_blob` AFTER DELETE ON `plugin_versions` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `backups_hold_blob` AFTER INSERT ON `backups` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `backups_release_blob` AFTER DELETE ON `backups` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `task_inputs_hold_blob` AFTER INSERT ON `task_inputs` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `task_inputs_release_blob` AFTER DELETE ON `task_inputs` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `task_outputs_hold_blob` AFTER INSERT ON `task_outputs` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `task_outputs_release_blob` AFTER DELETE ON `task_outputs` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `plugin_versions_new` AFTER INSERT ON `plugin_versions` BEGIN
	UPDATE `plugins` SET `current_version_id` = (
		SELECT `id` FROM `plugin_versions` WHERE `plugin_name` = NEW.`plugin_name`
		ORDER BY `is_deprecated`, `is_prerelease`, `order_key` DESC LIMIT 1
	) WHERE `name` = NEW.`plugin_name`;
END;
--> statement-breakpoint
CREATE TRIGGER `plugin_versions_deprecated` AFTER UPDATE OF `is_deprecated` ON `plugin_versions` BEGIN
	UPDATE `plugins` SET `current_version_id` = (
		SELECT `id` FROM `plugin_versions` WHERE `plugin_name` = NEW.`plugin_name`
		ORDER BY `is_deprecated`, `is_prerelease`, `order_key` DESC LIMIT 1
	) WHERE `name` = NEW.`plugin_name`;
END;
--> statement-breakpoint
CREATE TRIGGER `plugin_versions_counted` AFTER UPDATE OF `download_count` ON `plugin_versions` BEGIN
	UPDATE `plugins` SET `total_download_count` = `total_download_count` + NEW.`download_count` - OLD.`download_count`
	WHERE `name` = NEW.`plugin_name`;
END;
--> statement-breakpoint
INSERT INTO `ledger_totals` (`kind`) VALUES ('recharge'), ('hold'), ('release'), ('charge'), ('refund'), ('adjustment');
--> statement-breakpoint
CREATE TRIGGER `ledger_moves_balance` AFTER INSERT ON `ledger` BEGIN
	INSERT INTO `balances` (`user_id`, `balance`) VALUES (NEW.`user_id`, 0) ON CONFLICT DO NOTHING;
	UPDATE `balances` SET `balance` = `balance` + NEW.`amount` WHERE `user_id` = NEW.`user_id`;
	UPDATE `ledger_totals` SET `amount` = `amount` + NEW.`amount` WHERE `kind` = NEW.`kind`;
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_never_changes` BEFORE UPDATE ON `ledger` BEGIN
	SELECT RAISE(ABORT, 'the ledger is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_never_forgets` BEFORE DELETE ON `ledger` BEGIN
	SELECT RAISE(ABORT, 'the ledger is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `tasks_count_new` AFTER INSERT ON `tasks` BEGIN
	INSERT INTO `task_counts` (`owner`, `task_type`, `status`, `count`)
	VALUES ('', NEW.`task_type`, NEW.`status`, 1), (NEW.`user_id`, NEW.`task_type`, NEW.`status`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `tasks_count_changed` AFTER UPDATE OF `status` ON `tasks` WHEN OLD.`status` <> NEW.`status` BEGIN
	UPDATE `task_counts` SET `count` = `count` - 1
	WHERE `owner` IN ('', OLD.`user_id`) AND `task_type` = OLD.`task_type` AND `status` = OLD.`status`;
	INSERT INTO `task_counts` (`owner`, `task_type`, `status`, `count`)
	VALUES ('', NEW.`task_type`, NEW.`status`, 1), (NEW.`user_id`, NEW.`task_type`, NEW.`status`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `tasks_uncount` AFTER DELETE ON `tasks` BEGIN
	UPDATE `task_counts` SET `count` = `count` - 1
	WHERE `owner` IN ('', OLD.`user_id`) AND `task_type` = OLD.`task_type` AND `status` = OLD.`status`;
END;
