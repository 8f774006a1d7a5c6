-- Every trigger of the database with its reason: why it is a trigger, and not a statement beside the one that changes the
-- row. They are ordered by the owner of what they keep. The migrations make the same triggers
-- (test/schema/triggers.test.ts compares the two), so a change of a trigger is written here and in a migration of its own.
-- README.md lists what all of them keep.

-- == uploads
-- What the quota is compared with (`usage`), and what keeps a blob from being collected (`blobs.refs`).

-- With the two below, keeps in `usage` what open uploads have reserved, whichever statement lets one in, changes it or
-- deletes it. So the next admission, which compares the sum of `usage` with the quota, cannot miss any.
CREATE TRIGGER `uploads_reserve` AFTER INSERT ON `uploads` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` + NEW.`reserved_bytes` WHERE `category` = 'reserved';
END;

-- A form that outgrows its reservation, and every end of an upload, write the new reservation without knowing the old one.
-- Only the row knows how much is given back, and that it is given back once.
CREATE TRIGGER `uploads_return` AFTER UPDATE OF `reserved_bytes` ON `uploads` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` + NEW.`reserved_bytes` - OLD.`reserved_bytes` WHERE `category` = 'reserved';
END;

-- One statement deletes many ended uploads. One that still reserved something would give it back.
CREATE TRIGGER `uploads_forget` AFTER DELETE ON `uploads` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` - OLD.`reserved_bytes` WHERE `category` = 'reserved';
END;

-- A blob counts in its category from its first reference until its last one goes. The triggers below count references, so
-- no statement sees which is the first or the last.
CREATE TRIGGER `blobs_refs` AFTER UPDATE OF `refs` ON `blobs` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` + NEW.`size` * ((NEW.`refs` > 0) - (OLD.`refs` > 0)) WHERE `category` = NEW.`category`;
END;

-- A reference is counted in the step that makes it, whoever does that. Where the blob is being deleted, the CHECK
-- `blobs_refs` refuses the new row.
CREATE TRIGGER `packages_hold_blob` AFTER INSERT ON `packages` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;

-- Packages are also deleted by cascade with their version or their software, where no statement names them.
CREATE TRIGGER `packages_release_blob` AFTER DELETE ON `packages` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;

-- As `packages_hold_blob`.
CREATE TRIGGER `companions_hold_blob` AFTER INSERT ON `companions` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;

-- Companions are deleted by cascade with their package.
CREATE TRIGGER `companions_release_blob` AFTER DELETE ON `companions` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;

-- As `packages_hold_blob`.
CREATE TRIGGER `plugin_versions_hold_blob` AFTER INSERT ON `plugin_versions` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;

-- Versions are deleted by cascade with their plugin, where no statement names them.
CREATE TRIGGER `plugin_versions_release_blob` AFTER DELETE ON `plugin_versions` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;

-- As `packages_hold_blob`.
CREATE TRIGGER `backups_hold_blob` AFTER INSERT ON `backups` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;

-- Takes back what `backups_hold_blob` has counted, as its other half, although only one statement deletes backups.
CREATE TRIGGER `backups_release_blob` AFTER DELETE ON `backups` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;

-- As `packages_hold_blob`.
CREATE TRIGGER `task_inputs_hold_blob` AFTER INSERT ON `task_inputs` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;

-- One statement deletes many expired inputs. Several of them may refer to the same blob, so they are counted row by row.
CREATE TRIGGER `task_inputs_release_blob` AFTER DELETE ON `task_inputs` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;

-- As `packages_hold_blob`.
CREATE TRIGGER `task_outputs_hold_blob` AFTER INSERT ON `task_outputs` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;

-- Outputs are deleted by cascade with their task, and many by one statement where attempts did not complete.
CREATE TRIGGER `task_outputs_release_blob` AFTER DELETE ON `task_outputs` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;

-- == releases
-- Whether a version is offered (`versions.is_withdrawn`). One that is not offered cannot be the latest
-- (`versions.is_latest`).

-- With the two below: a version is offered as soon as one of its packages is, whichever statement does that.
CREATE TRIGGER `packages_offer_version` AFTER INSERT ON `packages` WHEN NEW.`yanked_at` IS NULL BEGIN
	UPDATE `versions` SET `is_withdrawn` = 0 WHERE `id` = NEW.`version_id` AND `is_withdrawn`;
END;

-- The row alone knows whether it was yanked or offered again.
CREATE TRIGGER `packages_yank_version` AFTER UPDATE OF `yanked_at` ON `packages` BEGIN
	UPDATE `versions` SET `is_withdrawn` = NOT EXISTS (
		SELECT 1 FROM `packages` WHERE `version_id` = NEW.`version_id` AND `yanked_at` IS NULL
	) WHERE `id` = NEW.`version_id`;
END;

-- One statement of a cleanup deletes packages of many versions.
CREATE TRIGGER `packages_withdraw_version` AFTER DELETE ON `packages` BEGIN
	UPDATE `versions` SET `is_withdrawn` = NOT EXISTS (
		SELECT 1 FROM `packages` WHERE `version_id` = OLD.`version_id` AND `yanked_at` IS NULL
	) WHERE `id` = OLD.`version_id`;
END;

-- When the triggers above withdraw the latest version, the highest release that is offered becomes the latest, else the
-- highest other version that is offered. Where nothing is offered, none is the latest.
CREATE TRIGGER `versions_withdrawn` AFTER UPDATE OF `is_withdrawn` ON `versions`
WHEN NEW.`is_withdrawn` AND NOT OLD.`is_withdrawn` BEGIN
	UPDATE `versions` SET `is_latest` = 0 WHERE `id` = NEW.`id`;
	UPDATE `versions` SET `is_latest` = 1 WHERE `id` = (
		SELECT `id` FROM `versions` WHERE `software_id` = NEW.`software_id` AND NOT `is_withdrawn`
		ORDER BY `channel` = 'stable' DESC, `order_key` DESC, `created_at` DESC, `rowid` DESC LIMIT 1
	) AND NOT EXISTS (SELECT 1 FROM `versions` WHERE `software_id` = NEW.`software_id` AND `is_latest`);
END;

-- When they offer a version again, it becomes the latest by the rule for a new version: a release comes before all others,
-- then the higher version.
CREATE TRIGGER `versions_offered` AFTER UPDATE OF `is_withdrawn` ON `versions`
WHEN OLD.`is_withdrawn` AND NOT NEW.`is_withdrawn` BEGIN
	UPDATE `versions` SET `is_latest` = 0 WHERE `software_id` = NEW.`software_id` AND `is_latest` AND CASE
		WHEN (`channel` = 'stable') <> (NEW.`channel` = 'stable') THEN NEW.`channel` = 'stable'
		WHEN `order_key` IS NULL OR NEW.`order_key` IS NULL THEN `created_at` < NEW.`created_at`
		ELSE `order_key` < NEW.`order_key` END;
	UPDATE `versions` SET `is_latest` = 1 WHERE `id` = NEW.`id`
		AND NOT EXISTS (SELECT 1 FROM `versions` WHERE `software_id` = NEW.`software_id` AND `is_latest`);
END;

-- == packages
-- What repeats its version's gate (`packages.min_update_key`), so that an index finds what a device may take.

-- With the one below, holds against everybody: a package that is offered to devices which its version is closed to cannot be
-- taken back from them. The build before this one writes no such column.
CREATE TRIGGER `packages_take_gate` AFTER INSERT ON `packages` BEGIN
	UPDATE `packages` SET `min_update_key` = (
		SELECT `min_update_key` FROM `versions` WHERE `id` = NEW.`version_id`
	) WHERE `id` = NEW.`id` AND EXISTS (
		SELECT 1 FROM `versions` WHERE `id` = NEW.`version_id` AND `min_update_key` IS NOT NULL
	);
END;

-- Only the row knows whether its gate has moved.
CREATE TRIGGER `versions_gate_packages` AFTER UPDATE OF `min_update_key` ON `versions`
WHEN NEW.`min_update_key` IS NOT OLD.`min_update_key` BEGIN
	UPDATE `packages` SET `min_update_key` = coalesce(NEW.`min_update_key`, '') WHERE `version_id` = NEW.`id`;
END;

-- How many packages there are of each platform and type (`package_counts`).

-- With the one below, keeps what metrics tell, so that nobody counts the table. The statement that publishes writes no row
-- where the database refuses it, so the row is what is counted.
CREATE TRIGGER `packages_count_new` AFTER INSERT ON `packages` BEGIN
	INSERT INTO `package_counts` (`platform`, `type`, `count`) VALUES (NEW.`platform`, NEW.`type`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;

-- Packages are also deleted by cascade with their version or their software, and by one statement of a cleanup.
CREATE TRIGGER `packages_uncount` AFTER DELETE ON `packages` BEGIN
	UPDATE `package_counts` SET `count` = `count` - 1 WHERE `platform` = OLD.`platform` AND `type` = OLD.`type`;
END;

-- == plugins
-- The version that is offered (`plugins.current_version_id`), and a plugin's downloads.

-- With the one below, holds the rule for the current version: one that is not deprecated comes before one that is, then a
-- release before a pre-release, then the highest. So `current_version_id` is right after any statement that adds a
-- version.
CREATE TRIGGER `plugin_versions_new` AFTER INSERT ON `plugin_versions` BEGIN
	UPDATE `plugins` SET `current_version_id` = (
		SELECT `id` FROM `plugin_versions` WHERE `plugin_name` = NEW.`plugin_name`
		ORDER BY `is_deprecated`, `is_prerelease`, `order_key` DESC LIMIT 1
	) WHERE `name` = NEW.`plugin_name`;
END;

-- As `plugin_versions_new`, when a version is deprecated or no longer is, so that another one may become current.
CREATE TRIGGER `plugin_versions_deprecated` AFTER UPDATE OF `is_deprecated` ON `plugin_versions` BEGIN
	UPDATE `plugins` SET `current_version_id` = (
		SELECT `id` FROM `plugin_versions` WHERE `plugin_name` = NEW.`plugin_name`
		ORDER BY `is_deprecated`, `is_prerelease`, `order_key` DESC LIMIT 1
	) WHERE `name` = NEW.`plugin_name`;
END;

-- One statement counts the downloads of many files. It also counts those of packages, and knows nothing of plugins.
CREATE TRIGGER `plugin_versions_counted` AFTER UPDATE OF `download_count` ON `plugin_versions` BEGIN
	UPDATE `plugins` SET `total_download_count` = `total_download_count` + NEW.`download_count` - OLD.`download_count`
	WHERE `name` = NEW.`plugin_name`;
END;

-- == billing
-- Money. The ledger decides; all other figures are sums of its entries.

-- One statement settles many tasks, and leaves out a step that was taken before, by its key (ON CONFLICT DO NOTHING). Only
-- the rows that it really writes may move a balance. Where a balance would fall below zero, the CHECK `balances_covered`
-- refuses the whole batch.
CREATE TRIGGER `ledger_moves_balance` AFTER INSERT ON `ledger` BEGIN
	INSERT INTO `balances` (`user_id`, `balance`) VALUES (NEW.`user_id`, 0) ON CONFLICT DO NOTHING;
	UPDATE `balances` SET `balance` = `balance` + NEW.`amount` WHERE `user_id` = NEW.`user_id`;
	UPDATE `ledger_totals` SET `amount` = `amount` + NEW.`amount` WHERE `kind` = NEW.`kind`;
END;

-- As `ledger_moves_balance`, for each user's sum and number of entries by kind.
CREATE TRIGGER `ledger_moves_sums` AFTER INSERT ON `ledger` BEGIN
	INSERT INTO `ledger_sums` (`user_id`, `kind`, `amount`, `entries`) VALUES (NEW.`user_id`, NEW.`kind`, NEW.`amount`, 1)
	ON CONFLICT DO UPDATE SET `amount` = `amount` + NEW.`amount`, `entries` = `entries` + 1;
END;

-- Must hold against everybody, also against a person with a database shell.
CREATE TRIGGER `ledger_never_changes` BEFORE UPDATE ON `ledger` BEGIN
	SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- As `ledger_never_changes`.
CREATE TRIGGER `ledger_never_forgets` BEFORE DELETE ON `ledger` BEGIN
	SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- == compute
-- How many tasks there are of each owner, type and state (`task_counts`).

-- With the two below, keeps the totals of lists, so that no request counts rows. Counts each task for its owner and, under
-- "", for everybody.
CREATE TRIGGER `tasks_count_new` AFTER INSERT ON `tasks` BEGIN
	INSERT INTO `task_counts` (`owner`, `task_type`, `status`, `count`)
	VALUES ('', NEW.`task_type`, NEW.`status`, 1), (NEW.`user_id`, NEW.`task_type`, NEW.`status`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;

-- Claims, lost leases, outages and removed servers change the states of many tasks in one statement, and the new state
-- depends on the task. Only each row knows which state it left.
CREATE TRIGGER `tasks_count_changed` AFTER UPDATE OF `status` ON `tasks` WHEN OLD.`status` <> NEW.`status` BEGIN
	UPDATE `task_counts` SET `count` = `count` - 1
	WHERE `owner` IN ('', OLD.`user_id`) AND `task_type` = OLD.`task_type` AND `status` = OLD.`status`;
	INSERT INTO `task_counts` (`owner`, `task_type`, `status`, `count`)
	VALUES ('', NEW.`task_type`, NEW.`status`, 1), (NEW.`user_id`, NEW.`task_type`, NEW.`status`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;

-- Takes back what the two above have counted.
CREATE TRIGGER `tasks_uncount` AFTER DELETE ON `tasks` BEGIN
	UPDATE `task_counts` SET `count` = `count` - 1
	WHERE `owner` IN ('', OLD.`user_id`) AND `task_type` = OLD.`task_type` AND `status` = OLD.`status`;
END;

-- == catalogue
-- How many records there are of each owner and kind (`appware_counts`).

-- With the two below, keeps the totals of lists, so that no request counts rows. An insert whose software does not exist
-- writes no row, so nothing is counted. The CHECK `appware_counts_kind` refuses a status that is neither 0 nor 1.
CREATE TRIGGER `appwares_count_new` AFTER INSERT ON `appwares` BEGIN
	INSERT INTO `appware_counts` (`owner`, `is_deleted`, `status`, `is_active`, `count`)
	VALUES ('', NEW.`is_deleted`, NEW.`status`, NEW.`is_active`, 1),
		(NEW.`created_by`, NEW.`is_deleted`, NEW.`status`, NEW.`is_active`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;

-- A change is written under conditions, and without knowing the old values. Only the row knows which kind it left.
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

-- No statement deletes records: they are only hidden. Where a person deletes one by hand, the totals stay right.
CREATE TRIGGER `appwares_uncount` AFTER DELETE ON `appwares` BEGIN
	UPDATE `appware_counts` SET `count` = `count` - 1
	WHERE `owner` IN ('', OLD.`created_by`)
		AND `is_deleted` = OLD.`is_deleted` AND `status` = OLD.`status` AND `is_active` = OLD.`is_active`;
END;

-- == rollouts
-- Sums of what devices said (`signal_counts`), and of where they were seen last (`adoption`).

-- With the two below, keeps the figures by which a rollout is stopped. One statement takes many signals, leaves out those
-- that say nothing new, and only each row knows what it said before.
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

-- A device counts once in each sum. It leaves `failures` when it starts after its failure, and may come back.
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

-- Old signals are deleted many at once, those of open rollouts never: a device that went is forgotten in the sums, too, and
-- would count as a new one.
CREATE TRIGGER `device_signals_uncount` AFTER DELETE ON `device_signals` BEGIN
	UPDATE `signal_counts` SET
		`reports` = `reports` - 1,
		`installed` = `installed` - (OLD.`installed_at` IS NOT NULL),
		`started` = `started` - (OLD.`started_at` IS NOT NULL),
		`failures` = `failures`
			- (max(ifnull(OLD.`failed_at`, 0), ifnull(OLD.`crashed_at`, 0)) > ifnull(OLD.`started_at`, 0))
	WHERE `subject` = OLD.`subject`;
END;

-- Versions are also deleted by cascade with their software. Their devices' signals go later, with other old ones: there may
-- be a million.
CREATE TRIGGER `versions_forget_signals` AFTER DELETE ON `versions` BEGIN
	DELETE FROM `signal_counts` WHERE `subject` = OLD.`id`;
END;

-- The same for versions of plugins.
CREATE TRIGGER `plugin_versions_forget_signals` AFTER DELETE ON `plugin_versions` BEGIN
	DELETE FROM `signal_counts` WHERE `subject` = 'plugin:' || OLD.`id`;
END;

-- With the two below, keeps what statistics are read from, so that no request counts devices. One statement writes many
-- devices.
CREATE TRIGGER `devices_count_new` AFTER INSERT ON `devices` BEGIN
	INSERT INTO `adoption` (`software_id`, `day`, `version`, `channel`, `platform`, `arch`, `devices`)
	VALUES (NEW.`software_id`, NEW.`day`, NEW.`version`, NEW.`channel`, NEW.`platform`, NEW.`arch`, 1)
	ON CONFLICT DO UPDATE SET `devices` = `devices` + 1;
END;

-- Only the row knows the day and the version that its device leaves. A sum of nothing is no row, because each day has others.
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

-- Devices are also deleted by cascade with their software.
CREATE TRIGGER `devices_uncount` AFTER DELETE ON `devices` BEGIN
	UPDATE `adoption` SET `devices` = `devices` - 1
	WHERE `software_id` = OLD.`software_id` AND `day` = OLD.`day` AND `version` = OLD.`version`
		AND `channel` = OLD.`channel` AND `platform` = OLD.`platform` AND `arch` = OLD.`arch`;
	DELETE FROM `adoption`
	WHERE `software_id` = OLD.`software_id` AND `day` = OLD.`day` AND `version` = OLD.`version`
		AND `channel` = OLD.`channel` AND `platform` = OLD.`platform` AND `arch` = OLD.`arch` AND `devices` = 0;
END;
