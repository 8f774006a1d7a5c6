ALTER TABLE `blobs` ADD `file_name` text;--> statement-breakpoint
UPDATE `blobs` SET `file_name` = substr(`object_key`, 74) WHERE `object_key` = 'objects/' || `sha256` || '/' || substr(`object_key`, 74);--> statement-breakpoint
CREATE UNIQUE INDEX `blobs_content` ON `blobs` (`sha256`,`category`,`file_name`) WHERE "blobs"."state" = 'live';--> statement-breakpoint
ALTER TABLE `uploads` ADD `object_key` text;--> statement-breakpoint
ALTER TABLE `uploads` ADD `digests` text;--> statement-breakpoint
ALTER TABLE `uploads` ADD `repeats` text;