DROP INDEX `all_tasks_by_creation`;--> statement-breakpoint
DROP INDEX `all_tasks_by_update`;--> statement-breakpoint
DROP INDEX `all_tasks_by_priority`;--> statement-breakpoint
DROP INDEX `all_tasks_type_by_creation`;--> statement-breakpoint
DROP INDEX `all_tasks_type_by_update`;--> statement-breakpoint
DROP INDEX `all_tasks_type_by_priority`;--> statement-breakpoint
CREATE INDEX `all_tasks_by_creation` ON `tasks` (status || '',`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `all_tasks_by_update` ON `tasks` (status || '',`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `all_tasks_by_priority` ON `tasks` (status || '',`priority`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `all_tasks_type_by_creation` ON `tasks` (`task_type`,status || '',`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `all_tasks_type_by_update` ON `tasks` (`task_type`,status || '',`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `all_tasks_type_by_priority` ON `tasks` (`task_type`,status || '',`priority`,`created_at`,`id`);