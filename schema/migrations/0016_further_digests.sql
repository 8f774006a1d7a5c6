ALTER TABLE `blobs` ADD `digests_due` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `blobs_digests_due` ON `blobs` (`id`) WHERE "blobs"."digests_due" = 1;