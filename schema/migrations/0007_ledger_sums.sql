CREATE TABLE `ledger_sums` (
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`amount` integer NOT NULL,
	`entries` integer NOT NULL,
	PRIMARY KEY(`user_id`, `kind`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `redemptions` ADD `balance_after` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
INSERT INTO `ledger_sums` (`user_id`, `kind`, `amount`, `entries`)
SELECT `user_id`, `kind`, sum(`amount`), count(*) FROM `ledger` GROUP BY `user_id`, `kind`;
--> statement-breakpoint
CREATE TRIGGER `ledger_moves_sums` AFTER INSERT ON `ledger` BEGIN
	INSERT INTO `ledger_sums` (`user_id`, `kind`, `amount`, `entries`) VALUES (NEW.`user_id`, NEW.`kind`, NEW.`amount`, 1)
	ON CONFLICT DO UPDATE SET `amount` = `amount` + NEW.`amount`, `entries` = `entries` + 1;
END;
