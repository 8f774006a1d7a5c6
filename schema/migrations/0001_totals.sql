INSERT INTO `usage` (`category`) VALUES ('full'), ('patch'), ('hotfix'), ('plugin'), ('backup'), ('reserved');
--> statement-breakpoint
INSERT INTO `software` (`id`, `akey`, `slug`, `name`, `created_at`)
VALUES ('sfw_0', 'soft_' || lower(hex(randomblob(16))), 'omega', 'omega', CAST(unixepoch('subsec') * 1000 AS INTEGER));
--> statement-breakpoint
CREATE TRIGGER `uploads_reserve` AFTER INSERT ON `uploads` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` + NEW.`reserved_bytes` WHERE `category` = 'reserved';
END;
--> statement-breakpoint
CREATE TRIGGER `uploads_return` AFTER UPDATE OF `reserved_bytes` ON `uploads` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` + NEW.`reserved_bytes` - OLD.`reserved_bytes` WHERE `category` = 'reserved';
END;
--> statement-breakpoint
CREATE TRIGGER `uploads_forget` AFTER DELETE ON `uploads` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` - OLD.`reserved_bytes` WHERE `category` = 'reserved';
END;
--> statement-breakpoint
CREATE TRIGGER `blobs_refs` AFTER UPDATE OF `refs` ON `blobs` BEGIN
	UPDATE `usage` SET `bytes` = `bytes` + NEW.`size` * ((NEW.`refs` > 0) - (OLD.`refs` > 0)) WHERE `category` = NEW.`category`;
END;
--> statement-breakpoint
CREATE TRIGGER `packages_hold_blob` AFTER INSERT ON `packages` BEGIN
	UPDATE `blobs` SET `refs` = `refs` + 1, `released_at` = NULL WHERE `id` = NEW.`blob_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `packages_release_blob` AFTER DELETE ON `packages` BEGIN
	UPDATE `blobs` SET
		`refs` = `refs` - 1,
		`released_at` = CASE WHEN `refs` = 1 THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) ELSE `released_at` END
	WHERE `id` = OLD.`blob_id`;
END;
