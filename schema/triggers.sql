-- Every trigger of the database with its reason: why it is a trigger and no statement beside the one that changes the row.
-- By the owner of what it keeps. The migrations make the same ones (test/schema/triggers.test.ts compares the two), so a
-- trigger is changed here and in a migration of its own. What they keep, all together: README.md.

-- == uploads
-- What the quota is compared with (`usage`), and what keeps a blob from being collected (`blobs.refs`).

-- With the two below: what open uploads have reserved is in `usage` whichever statement lets one in, changes it or forgets
-- it, so the next admission, which compares the sum of `usage` with the quota, cannot miss it.
CREATE TRIGGER `uploads_reserve` AFTER INSERT ON `uploads` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` + NEW.`reserved_bytes` WHERE `category` = 'reserved';
END;

-- A form that outgrows its reservation and every end of an upload set what is to be, not what was: only the row knows how
-- much comes back, and that it comes back once.
CREATE TRIGGER `uploads_return` AFTER UPDATE OF `reserved_bytes` ON `uploads` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` + NEW.`reserved_bytes` - OLD.`reserved_bytes` WHERE `category` = 'reserved';
END;

-- Ended uploads are forgotten many at once; one that still reserved something would give it back.
CREATE TRIGGER `uploads_forget` AFTER DELETE ON `uploads` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` - OLD.`reserved_bytes` WHERE `category` = 'reserved';
END;

-- A blob counts in its category from its first reference to its last. References come and go in the triggers below, which
-- no statement can see.
CREATE TRIGGER `blobs_refs` AFTER UPDATE OF `refs` ON `blobs` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` + NEW.`size` * ((NEW.`refs` > 0) - (OLD.`refs` > 0)) WHERE `category` = NEW.`category`;
END;

-- A reference and its count in one step, whoever makes it; the CHECK `blobs_refs` refuses the row of a blob that is being
-- deleted.
CREATE TRIGGER `packages_hold_blob` AFTER INSERT ON `packages` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;

-- Packages also go by cascade, with their version or their software: no statement names those rows.
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

-- Companions go by cascade with their package.
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

-- Versions go by cascade with their plugin: no statement names those rows.
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

-- Counts what `backups_hold_blob` has counted: a pair, although backups go by one statement alone.
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

-- Inputs expire many at once, several of them perhaps of one blob: counted row by row.
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

-- Outputs go by cascade with their task, and many at once with attempts that did not complete.
CREATE TRIGGER `task_outputs_release_blob` AFTER DELETE ON `task_outputs` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;

-- == releases
-- Whether a version is offered (`versions.is_withdrawn`), and that what is not is not the latest (`versions.is_latest`).

-- With the two below: a version is offered again with the first package that is, whichever way it comes.
CREATE TRIGGER `packages_offer_version` AFTER INSERT ON `packages` WHEN NEW.`yanked_at` IS NULL BEGIN
	UPDATE `versions` SET `is_withdrawn` = 0 WHERE `id` = NEW.`version_id` AND `is_withdrawn`;
END;

-- The row alone knows whether it was yanked or offered again.
CREATE TRIGGER `packages_yank_version` AFTER UPDATE OF `yanked_at` ON `packages` BEGIN
	UPDATE `versions` SET `is_withdrawn` = NOT EXISTS (
		SELECT 1 FROM `packages` WHERE `version_id` = NEW.`version_id` AND `yanked_at` IS NULL
	) WHERE `id` = NEW.`version_id`;
END;

-- Cleanup deletes packages of many versions in one statement.
CREATE TRIGGER `packages_withdraw_version` AFTER DELETE ON `packages` BEGIN
	UPDATE `versions` SET `is_withdrawn` = NOT EXISTS (
		SELECT 1 FROM `packages` WHERE `version_id` = OLD.`version_id` AND `yanked_at` IS NULL
	) WHERE `id` = OLD.`version_id`;
END;

-- What the triggers above withdraw hands over being the latest: to the highest release that is offered, else to the highest
-- other version, and to none where nothing is offered.
CREATE TRIGGER `versions_withdrawn` AFTER UPDATE OF `is_withdrawn` ON `versions`
WHEN NEW.`is_withdrawn` AND NOT OLD.`is_withdrawn` BEGIN
	UPDATE `versions` SET `is_latest` = 0 WHERE `id` = NEW.`id`;
	UPDATE `versions` SET `is_latest` = 1 WHERE `id` = (
		SELECT `id` FROM `versions` WHERE `software_id` = NEW.`software_id` AND NOT `is_withdrawn`
		ORDER BY `channel` = 'stable' DESC, `order_key` DESC, `created_at` DESC, `rowid` DESC LIMIT 1
	) AND NOT EXISTS (SELECT 1 FROM `versions` WHERE `software_id` = NEW.`software_id` AND `is_latest`);
END;

-- What they offer again is the latest by the rule for a new version: a release before the rest, then the higher one.
CREATE TRIGGER `versions_offered` AFTER UPDATE OF `is_withdrawn` ON `versions`
WHEN OLD.`is_withdrawn` AND NOT NEW.`is_withdrawn` BEGIN
	UPDATE `versions` SET `is_latest` = 0 WHERE `software_id` = NEW.`software_id` AND `is_latest` AND CASE
		WHEN (`channel` = 'stable') <> (NEW.`channel` = 'stable') THEN NEW.`channel` = 'stable'
		WHEN `order_key` IS NULL OR NEW.`order_key` IS NULL THEN `created_at` < NEW.`created_at`
		ELSE `order_key` < NEW.`order_key` END;
	UPDATE `versions` SET `is_latest` = 1 WHERE `id` = NEW.`id`
		AND NOT EXISTS (SELECT 1 FROM `versions` WHERE `software_id` = NEW.`software_id` AND `is_latest`);
END;

-- == plugins
-- The version that is offered (`plugins.current_version_id`), and a plugin's downloads.

-- With the one below, the rule for what is current, in the database: not deprecated before deprecated, release before
-- pre-release, then the highest. `current_version_id` is right after any statement that adds a version.
CREATE TRIGGER `plugin_versions_new` AFTER INSERT ON `plugin_versions` BEGIN
	UPDATE `plugins` SET `current_version_id` = (
		SELECT `id` FROM `plugin_versions` WHERE `plugin_name` = NEW.`plugin_name`
		ORDER BY `is_deprecated`, `is_prerelease`, `order_key` DESC LIMIT 1
	) WHERE `name` = NEW.`plugin_name`;
END;

-- As `plugin_versions_new`, for a version that stands back and perhaps lets another one forward.
CREATE TRIGGER `plugin_versions_deprecated` AFTER UPDATE OF `is_deprecated` ON `plugin_versions` BEGIN
	UPDATE `plugins` SET `current_version_id` = (
		SELECT `id` FROM `plugin_versions` WHERE `plugin_name` = NEW.`plugin_name`
		ORDER BY `is_deprecated`, `is_prerelease`, `order_key` DESC LIMIT 1
	) WHERE `name` = NEW.`plugin_name`;
END;

-- Downloads are counted for many files in one statement, which serves packages too and knows nothing of plugins.
CREATE TRIGGER `plugin_versions_counted` AFTER UPDATE OF `download_count` ON `plugin_versions` BEGIN
	UPDATE `plugins` SET `total_download_count` = `total_download_count` + NEW.`download_count` - OLD.`download_count`
	WHERE `name` = NEW.`plugin_name`;
END;

-- == billing
-- Money: the ledger is what counts, all other figures are sums of it.

-- A repeated step is left out by its key (ON CONFLICT DO NOTHING), and tasks are settled many at once: only rows that were
-- really written may move a balance. The CHECK `balances_covered` refuses the whole batch where one would fall below zero.
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

-- Holds against everybody, a person with a database shell included.
CREATE TRIGGER `ledger_never_changes` BEFORE UPDATE ON `ledger` BEGIN
	SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- As `ledger_never_changes`.
CREATE TRIGGER `ledger_never_forgets` BEFORE DELETE ON `ledger` BEGIN
	SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- == compute
-- How many tasks there are of each owner, type and state (`task_counts`).

-- With the two below: a list's total is never counted. Counts the owner's tasks and, under "", everybody's.
CREATE TRIGGER `tasks_count_new` AFTER INSERT ON `tasks` BEGIN
	INSERT INTO `task_counts` (`owner`, `task_type`, `status`, `count`)
	VALUES ('', NEW.`task_type`, NEW.`status`, 1), (NEW.`user_id`, NEW.`task_type`, NEW.`status`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;

-- Claims, lost leases, outages and removed servers change the states of many tasks in one statement, each by what the task
-- is at that moment: which row left which state is known row by row.
CREATE TRIGGER `tasks_count_changed` AFTER UPDATE OF `status` ON `tasks` WHEN OLD.`status` <> NEW.`status` BEGIN
	UPDATE `task_counts` SET `count` = `count` - 1
	WHERE `owner` IN ('', OLD.`user_id`) AND `task_type` = OLD.`task_type` AND `status` = OLD.`status`;
	INSERT INTO `task_counts` (`owner`, `task_type`, `status`, `count`)
	VALUES ('', NEW.`task_type`, NEW.`status`, 1), (NEW.`user_id`, NEW.`task_type`, NEW.`status`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;

-- Takes back what the other two have counted.
CREATE TRIGGER `tasks_uncount` AFTER DELETE ON `tasks` BEGIN
	UPDATE `task_counts` SET `count` = `count` - 1
	WHERE `owner` IN ('', OLD.`user_id`) AND `task_type` = OLD.`task_type` AND `status` = OLD.`status`;
END;

-- == catalogue
-- How many records there are of each owner and kind (`appware_counts`).

-- With the two below: a list's total is never counted. An insert whose software is not there writes no row, and counts none.
-- The CHECK `appware_counts_kind` refuses a status that is neither 0 nor 1.
CREATE TRIGGER `appwares_count_new` AFTER INSERT ON `appwares` BEGIN
	INSERT INTO `appware_counts` (`owner`, `is_deleted`, `status`, `is_active`, `count`)
	VALUES ('', NEW.`is_deleted`, NEW.`status`, NEW.`is_active`, 1),
		(NEW.`created_by`, NEW.`is_deleted`, NEW.`status`, NEW.`is_active`, 1)
	ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;

-- A change is written under conditions and says what is to be, not what was: only the row knows which kind it has left.
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

-- Nothing deletes records today (they are hidden); whoever should by hand leaves the totals right.
CREATE TRIGGER `appwares_uncount` AFTER DELETE ON `appwares` BEGIN
	UPDATE `appware_counts` SET `count` = `count` - 1
	WHERE `owner` IN ('', OLD.`created_by`)
		AND `is_deleted` = OLD.`is_deleted` AND `status` = OLD.`status` AND `is_active` = OLD.`is_active`;
END;
