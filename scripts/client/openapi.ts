/** The types of openapi.json, written by `npm run openapi`. */
export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this is; a browser gets the web console */
        get: operations["getService"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The configuration */
        get: operations["getAdminConfig"];
        /**
         * Change settings
         * @description Any of them; what is absent stays as it is. The whole service acts on them within seconds.
         */
        put: operations["putAdminConfig"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the jobs of cron are doing */
        get: operations["getAdminJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/ledger/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recompute all money and say whether it adds up
         * @description The same check runs every day and logs an error where something does not.
         */
        get: operations["getAdminLedgerCheck"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in as an administrator
         * @description Anybody else gets the answer of a wrong password.
         */
        post: operations["postAdminLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change an administrator's password, which ends every session */
        put: operations["putAdminPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures of the whole service
         * @description For administrators, and for API keys with the scope `metrics:read`.
         */
        get: operations["getAdminStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description The newest first. `search` finds part of a user name, mail address or full name.
         */
        get: operations["getAdminUsers"];
        put?: never;
        /**
         * Make an account for somebody else
         * @description As an administrator's, where `role` says so: account and role are there together, or neither is.
         */
        post: operations["postAdminUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A user */
        get: operations["getAdminUser"];
        /**
         * Change a user's role, activation, balance or full name
         * @description What is absent stays as it is. A balance is set by a ledger entry of the difference. Who is deactivated or no longer an administrator is signed out everywhere; the last active administrator stays one.
         */
        put: operations["putAdminUser"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in by user name or mail address
         * @description Either name works in either field; what has an `@` is a mail address.
         */
        post: operations["postAuthLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End this session */
        post: operations["postAuthLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the token signs anybody in */
        get: operations["getAuthMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register
         * @description Names and mail addresses that differ only in case or width are the same; a name that looks like another's is refused.
         */
        post: operations["postAuthRegister"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backups/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete a backup of any key, as an administrator
         * @description Its bytes leave the bucket a day later, so that downloads under way can end.
         */
        post: operations["postBackupsDelete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backups/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Download a backup
         * @description Redirects to a signed URL in the bucket, which serves ranges; ask here again for a fresh one. It is saved as `backup_<type>_<yyyymmdd_hhmmss>.zip`.
         */
        post: operations["postBackupsDownload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backups/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** List the backups of a key, newest first */
        post: operations["postBackupsList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backups/list-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the backups of all keys, newest first */
        get: operations["getBackupsListAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backups/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a backup by form
         * @description Streams the file through the server, up to 100 MiB; larger files use signed uploads. A key has a number of backups and bytes in all.
         */
        post: operations["postBackupsUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/check/legality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Is this pair of keys one of ours? */
        post: operations["postCheckLegality"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/check/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Is there a newer version than mine? */
        post: operations["postCheckUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gpu/agent/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report the machine, renew leases, take tasks
         * @description The leases of the reported attempts are renewed. `assign` has new tasks and those that were given to this agent before but are not in its report: their answer was lost; the attempt is the same.
         */
        post: operations["heartbeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gpu/agent/tasks/{task_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report progress, log lines and the end of an attempt
         * @description May be repeated until it is answered: what is known already changes nothing. 409 `STALE_ATTEMPT`: the task is not this attempt's any more; stop it.
         */
        post: operations["reportEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gpu/cluster/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The figures of all GPU servers together */
        get: operations["getGpuClusterOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gpu/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List GPU servers */
        get: operations["getGpuServers"];
        put?: never;
        /**
         * Register a GPU server
         * @description The agent's token is in this answer and never shown again.
         */
        post: operations["postGpuServers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gpu/servers/{server_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A GPU server */
        get: operations["getGpuServer"];
        /** Change a GPU server */
        put: operations["putGpuServer"];
        post?: never;
        /**
         * Delete a GPU server
         * @description Tasks that run there wait for another server.
         */
        delete: operations["deleteGpuServer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gpu/servers/{server_id}/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A GPU server's last 24 hours, for charts */
        get: operations["getGpuServerReadings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gpu/servers/{server_id}/rotate-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a GPU server another agent token
         * @description The token before it is refused from now on. It is in this answer and never shown again.
         */
        post: operations["postGpuServerRotateToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gpu/servers/{server_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a GPU server does at the moment */
        get: operations["getGpuServerStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Health of the server and its database, as `{success, message, data}` */
        get: operations["getApiHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The archived days of a log
         * @description The oldest first, at most 1,000: those that have left the database for the bucket. Name the last one as `after` to see more.
         */
        get: operations["getLogsDays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a day of a log
         * @description Redirects to a signed URL of a file in the bucket, one JSON object a line, in the order of time. A day that the database still holds is written there first, as it is now.
         */
        get: operations["getLogsDownload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The system's log
         * @description The newest first, by level, period and part of a text. It goes 10,000 entries back and a search looks at 100,000: choose earlier dates to see more. Older days are in the bucket: download them.
         */
        get: operations["getLogsSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a task's attempts said, in order */
        get: operations["getLogsTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/user-actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was changed, and by whom
         * @description The newest first, as deep as the system's log. `action` is the exact name of one.
         */
        get: operations["getLogsUserActions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete a plugin with all its versions, files and counts
         * @description Its name is free again, for any plugin key.
         */
        post: operations["postPluginsDelete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/deprecate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a plugin as deprecated
         * @description It stays to be downloaded.
         */
        post: operations["postPluginsDeprecate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/detail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A plugin with its versions, the highest first */
        post: operations["postPluginsDetail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a plugin be downloaded no more
         * @description It stays in the list.
         */
        post: operations["postPluginsDisable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Download the current version of a plugin */
        post: operations["postPluginsDownload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a plugin be downloaded */
        post: operations["postPluginsEnable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all plugins by name */
        get: operations["getPluginsList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which versions to install so that everything fits
         * @description The newest set of versions that satisfies every range and engine, in install order. Deprecated versions are in it only where nothing else fits, and plugins that are only `installed` keep their version where they can; those that are disabled stay as they are, with a notice.
         */
        post: operations["postPluginsResolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search plugins, in pages by name
         * @description `search` finds part of a name, of the name shown, or of the author, whatever the case.
         */
        get: operations["getPluginsSearch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/updates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What is newer than mine and fits
         * @description For each plugin its newest version, if that is newer and neither deprecated nor for other engines; a pre-release only for who has one.
         */
        post: operations["postPluginsUpdates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a version of a plugin by form
         * @description A ZIP with `plugin.json` at its root, up to 100 MiB; larger ones use signed uploads. The first upload of a name binds it to its plugin key; the same bytes of a version again are the plugin that is there.
         */
        post: operations["postPluginsUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/version/deprecate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a version as deprecated
         * @description It stays to be downloaded. Where it was the current one, the next best becomes it.
         */
        post: operations["postPluginsVersionDeprecate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/version/detail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * One version of a plugin
         * @description Build metadata is no part of what a version is told by: 1.0.0+5 finds 1.0.0.
         */
        post: operations["postPluginsVersionDetail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/version/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as a link that always works
         * @description HEAD answers size, type and SHA-256.
         */
        get: operations["getPluginsVersionDownload"];
        put?: never;
        /** Download one version of a plugin */
        post: operations["postPluginsVersionDownload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plugins/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** List the versions of a plugin, the highest first */
        post: operations["postPluginsVersions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recharge/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List recharge codes, newest first */
        get: operations["getRechargeCodes"];
        put?: never;
        /**
         * Make recharge codes
         * @description The codes are in this answer and kept nowhere: without an Idempotency-Key they are never shown again.
         */
        post: operations["postRechargeCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recharge/codes/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disable a recharge code
         * @description For good. What it has given stays.
         */
        post: operations["postRechargeCodeDisable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recharge/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A user's recharges, newest first; one's own if nobody says otherwise */
        get: operations["getRechargeRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recharge/redeem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Use a recharge code
         * @description Once for each user. Case, spaces and hyphens do not matter.
         */
        post: operations["postRechargeRedeem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/software": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List software, newest first */
        get: operations["getSoftware"];
        put?: never;
        /**
         * Create software
         * @description Packages are published to it by its akey, or by the slug made of its name.
         */
        post: operations["postSoftware"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/software/{akey}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Rename or describe software, make it private or public
         * @description Its akey and slug stay what they are.
         */
        put: operations["putSoftware"];
        post?: never;
        /** Delete software with all its versions and packages */
        delete: operations["deleteSoftware"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/software/{akey}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the versions of software, newest first */
        get: operations["getSoftwareVersions"];
        put?: never;
        /**
         * Publish a version
         * @description Any text is a version here; two spellings of one (`v2.0`, `2.0.0`) are one version. Without `is_latest`, the highest release is the latest, or the highest pre-release where there is no release; of texts that are no version, the later one.
         */
        post: operations["postSoftwareVersions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List tasks, one's own if nobody says otherwise */
        get: operations["getTasks"];
        put?: never;
        /**
         * Create a task
         * @description Holds the price of `estimated_duration` from the balance. Completion charges the minutes used, at most the hold, and returns the rest; a failed task costs nothing.
         */
        post: operations["postTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task with its result and output files */
        get: operations["getTask"];
        put?: never;
        post?: never;
        /** Delete an ended task with its logs and outputs */
        delete: operations["deleteTask"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{task_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an open task
         * @description Its hold comes back; a task that ran is charged for the time until now.
         */
        post: operations["postTaskCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{task_id}/outputs/{file_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download an output file of a completed task
         * @description For whoever may see the task, or by the `token` of a `download_url`. Redirects to a signed URL in the bucket, which serves ranges; ask here again for a fresh one. HEAD answers size, type and SHA-256.
         */
        get: operations["getTaskOutput"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{task_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a failed or cancelled task again
         * @description As if it were new: the same checks, and a hold of its own.
         */
        post: operations["postTaskRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change the password, which ends every session */
        post: operations["postUsersChangePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in user */
        get: operations["getUsersMe"];
        /** Change the signed-in user's names */
        put: operations["putUsersMe"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in user's tasks and what they cost */
        get: operations["getUsersStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys */
        get: operations["getApiKeys"];
        put?: never;
        /**
         * Create an API key
         * @description The key is in this answer and never shown again. `packages:read` opens private software, `packages:write` publishes, changes and reads packages, `webhooks:admin` manages webhooks; a key with these three alone can be limited to some software, which need not be there yet. `storage:admin`, `keys:admin` and `metrics:read`, which reads `GET /metrics`, are about all software.
         */
        post: operations["postApiKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the presented API key may do */
        get: operations["getApiKeysCurrent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an API key at once */
        delete: operations["deleteApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appwares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List application records */
        get: operations["getAppwares"];
        put?: never;
        /** Create a record */
        post: operations["postAppwares"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appwares/admin/all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all records, deleted ones too
         * @description For administrators.
         */
        get: operations["getAppwaresAdminAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appwares/my": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the records that you made */
        get: operations["getAppwaresMy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appwares/popular": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the records that were viewed most */
        get: operations["getAppwaresPopular"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appwares/{appware_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a record
         * @description Each call adds one to its view_count.
         */
        get: operations["getAppware"];
        /**
         * Change a record
         * @description For who made it, and administrators. Fields that are absent stay as they are.
         */
        put: operations["putAppware"];
        post?: never;
        /**
         * Delete a record
         * @description For who made it, and administrators. It is hidden for good; its name may be used again.
         */
        delete: operations["deleteAppware"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the backups of all keys in pages, newest first
         * @description For administrators.
         */
        get: operations["getBackups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link to download a backup by
         * @description For whoever knows its key, and cannot follow a redirect to another host, such as a script in a browser. The file is saved as `backup_<type>_<yyyymmdd_hhmmss>.zip`.
         */
        post: operations["postBackupsLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a backup of one's own
         * @description For whoever knows its key, which stands in the body, where no log has it. Its bytes leave the bucket a day later, so that downloads under way can end.
         */
        delete: operations["deleteBackup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feeds/{software}/sparkle/{target}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Serve an appcast that you signed yourself
         * @description Served byte for byte as `appcast.xml` of this target, on every channel, until it is set anew or deleted; its signature as `appcast.xml.signature`. For Sparkle's `SURequireSignedFeed` and NetSparkle.
         */
        put: operations["putFeedSparkle"];
        post?: never;
        /** Go back to the appcast that the server writes */
        delete: operations["deleteFeedSparkle"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/login/access-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with OAuth 2's password form */
        post: operations["postLoginAccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/money-records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what moved the money of all users in pages, newest first
         * @description For administrators.
         */
        get: operations["getMoneyRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/packages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List packages, newest first */
        get: operations["getPackages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/packages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a package
         * @description Its bytes leave the bucket a day later, so that downloads under way can end.
         */
        delete: operations["deletePackage"];
        options?: never;
        head?: never;
        /**
         * Add a signature, or what else updaters are told of a package
         * @description What is not given stays as it is. The bytes of a package never change.
         */
        patch: operations["patchPackage"];
        trace?: never;
    };
    "/api/v1/packages/{id}/companions/{role}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a package's block map or zsync file */
        delete: operations["deletePackageCompanion"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/packages/{id}/unyank": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Offer a yanked package again */
        post: operations["postPackageUnyank"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/packages/{id}/yank": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw a package from version checks */
        post: operations["postPackageYank"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{software}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the versions of software, highest first */
        get: operations["listReleases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{software}/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A version with all its files
         * @description What is published of it, and the uploads that are published with it.
         */
        get: operations["getRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the notes of a version
         * @description What is not given stays as it is.
         */
        patch: operations["patchRelease"];
        trace?: never;
    };
    "/api/v1/releases/{software}/{version}/dependents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What depends on a version
         * @description What would be of no use, or out of reach, if the version were deleted, and what clients would be offered then.
         */
        get: operations["getReleaseDependents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{software}/{version}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Discard what waits for a release
         * @description The uploads end and their quota comes back; what is published stays.
         */
        delete: operations["deleteReleaseDraft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{software}/{version}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a version to another channel
         * @description The packages go with it; the bytes stay what they are.
         */
        post: operations["postReleasePromote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{software}/{version}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish all that waits for a release
         * @description Everything that was uploaded with `draft` becomes visible at the same moment.
         */
        post: operations["postReleasePublish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{software}/{version}/unyank": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Offer again a whole version
         * @description Offered again, by all of its packages.
         */
        post: operations["postReleaseUnyank"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{software}/{version}/waiting/{upload_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Add a signature, or what else is said of a package that waits for its release
         * @description What is not given stays as it is, and so do the bytes. The package then waits for 30 days from now.
         */
        patch: operations["patchReleaseWaiting"];
        trace?: never;
    };
    "/api/v1/releases/{software}/{version}/yank": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a whole version
         * @description Not offered any more, by any of its packages; download links go on working.
         */
        post: operations["postReleaseYank"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rollouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List rollouts, the newest first */
        get: operations["getRollouts"];
        put?: never;
        /**
         * Give a version to a growing share of the devices
         * @description Of a version that is published: where it was out for everybody, devices outside the first step are not offered it any more. To have a version rolled out from its first moment, send `rollout` with its package or when its release is published.
         */
        post: operations["postRollouts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rollouts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A rollout with its figures, and what it does next */
        get: operations["getRollout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rollouts/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give it to all devices
         * @description The version is out for everybody, as one without a rollout.
         */
        post: operations["postRolloutComplete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rollouts/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was decided of a rollout, and by whom
         * @description The newest first, with the figures of that moment; at most 200.
         */
        get: operations["getRolloutLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rollouts/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Offer it to nobody further
         * @description Who has the version keeps it. Nobody is offered it until the rollout is resumed.
         */
        post: operations["postRolloutPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rollouts/{id}/raise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give it to the next share of the devices
         * @description Without waiting for what its step asks for; `step` leads to a later one. After its last step a rollout is completed.
         */
        post: operations["postRolloutRaise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rollouts/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on where it was paused
         * @description Its step begins anew, and so do the hours that it lasts.
         */
        post: operations["postRolloutResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rollouts/{id}/roll-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw the version for good
         * @description Nobody is offered it any more, and devices that run it are led back to the newest version below that is out for them. A rollout that is completed can be rolled back, too.
         */
        post: operations["postRolloutRollBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in to the console; nobody is no error */
        get: operations["getSession"];
        put?: never;
        /**
         * Sign in to the console
         * @description The answer sets the cookie that signs the browser in; no script can read it.
         */
        post: operations["postSession"];
        /** Sign out of the console on this device */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out everywhere: all of the user's sessions and tokens end */
        delete: operations["deleteSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a device did with a version
         * @description A device installed a version, started it, failed at it or crashed with it: one signal, or up to 100 under `signals`, in the order in which they happened. Of one device and version each event counts once; a device that starts after a failure counts as no failure. The answer is the same whether there is such a software and version or not. SIGNALS_PER_MINUTE of a client address are taken; of a call that is refused none.
         */
        post: operations["postSignals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/software": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List software
         * @description The newest first, unless `order` says otherwise. With a key that has `packages:write`: the software that it may publish.
         */
        get: operations["searchSoftware"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/software/{software}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make software private or public
         * @description By slug or akey, with a key that has `packages:write`. A slug that there is no software of gets one, so that its first package is private already. A change is seen elsewhere within the 25 seconds of version checks, within 30 by downloads; what was signed before stays good until its end.
         */
        put: operations["setSoftwareVisibility"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/statistics/adoption": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which versions are in use
         * @description Devices that named themselves in a version check or a feed, by the version that each was seen with last. `other` stands for versions that the software does not have. Devices are forgotten after DEVICE_DAYS.
         */
        get: operations["getStatisticsAdoption"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/statistics/daily": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened each day
         * @description By version and platform: checks with a version, offers, downloads, installs and failures of one. `other` stands for versions that the software does not have, or that nobody named. Days are those of UTC; at most 366 in one answer.
         */
        get: operations["getStatisticsDaily"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/storage/cleanup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete old packages now
         * @description What is beyond KEEP_FULL, KEEP_PATCH and KEEP_HOTFIX and older than a day; never the newest stable version of a platform and arch, what older versions have to take first, or a step of the cheapest plan of a version that is kept. Says what was kept, and why.
         */
        post: operations["postStorageCleanup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/storage/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Storage statistics in bytes, from running totals
         * @description While there is private software, sums are rounded up to whole percents of the quota for whoever may not read all of it.
         */
        get: operations["getStorageStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/upload/package": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a package by form
         * @description Streams the file through the server, up to MAX_FORM_BYTES; larger files use signed uploads. The same bytes for the same place again are the package that is there. The key is a field, or in the head of the request.
         */
        post: operations["postUploadPackage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a signed upload
         * @description Which credential a kind needs is said with its fields. Everything that can be refused is refused here; the same bytes for the same place once more are `ready` at once. PUT the bytes to the signed URLs, then complete. `Authorization: Bearer <upload_token>` serves the upload from here on.
         */
        post: operations["postUploads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How an upload stands */
        get: operations["getUpload"];
        put?: never;
        post?: never;
        /** Abort an upload and free its quota */
        delete: operations["deleteUpload"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * All bytes are sent: verify and publish
         * @description May be repeated. Small uploads are published at once, larger ones are verified behind the answer.
         */
        post: operations["postUploadComplete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{id}/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fresh URLs for parts, to go on or to resume */
        post: operations["postUploadParts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in user, as clients of the catalogue know one */
        get: operations["getSignedInUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/version/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is there something newer for me?
         * @description The newest version that the client has a way to: a full package, or a patch or hotfix that applies to its version. There is one option of each type: of several formats that of `format`, else the first of one fixed order; of several hotfixes the newest. Packages of the arch `universal` are for every arch, and those of its own come before them. A watershed is offered first, and what says `min_update_from` only to that version and higher ones. With `plans=true` a version may also be reached by a chain of up to ten packages, and `plans` tells the steps. `is_critical` is true where any version above the client's, up to the offered one, is. Without `channel`, a pre-release is offered its own channel too, a release only stable versions. A channel brings those that are more stable: `alpha`, `beta`, `rc`, `stable`. A version that is rolled out is offered to the devices of its share: name yours with `device_id`. Where the client's version was rolled back, `rollback` says what to go back to.
         */
        get: operations["getVersionCheck"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhooks, newest first */
        get: operations["getWebhooks"];
        put?: never;
        /**
         * Make a webhook
         * @description The secret is in this answer and never shown again; `rotate-secret` makes another. Needs the scope `webhooks:admin`. A key that is limited to some software makes webhooks for that software alone.
         */
        post: operations["postWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A webhook */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** Delete a webhook and its deliveries */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook, disable or enable it
         * @description What is left out stays. Disabled, it is told of nothing, and its waiting deliveries have failed.
         */
        patch: operations["patchWebhook"];
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a webhook's deliveries, newest first */
        get: operations["getWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries/{delivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A delivery with all its attempts */
        get: operations["getWebhookDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries/{delivery_id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery again, or now
         * @description At once, also where its next attempt is hours away, and with all repetitions, as if it had not been tried yet; the message keeps its id. While an attempt is under way no other begins.
         */
        post: operations["postWebhookDeliveryResend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook another secret
         * @description It is in this answer and never shown again. For 24 hours each message has two signatures, one by the secret before it.
         */
        post: operations["postWebhookRotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test message
         * @description A message of the type `webhook.test`, whatever the webhook has chosen; it is sent at once, and the delivery says how that ended.
         */
        post: operations["postWebhookTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/versions/{vkey}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a version, or make it the latest
         * @description A version with packages keeps its number; one whose packages were all yanked or deleted is not made the latest. The latest one with `is_latest: false` hands this over to the highest other one.
         */
        put: operations["putVersion"];
        post?: never;
        /**
         * Delete a version with its packages
         * @description Where it was the latest, the highest of the others becomes it.
         */
        delete: operations["deleteVersion"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/downloads/{package_type}/{version}/{filename}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a package
         * @description Redirects to a signed URL in the bucket, which serves ranges; ask here again for a fresh one. HEAD answers size, type and SHA-256.
         */
        get: operations["getDownload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/{software}/autoupdater/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * AutoUpdater.NET
         * @description `{platform}-{arch}.xml`, and the files beside it.
         */
        get: operations["getFeedAutoupdater"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/{software}/electron/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * electron-updater
         * @description `{channel}[-mac|-linux[-arch]].yml`, of which `latest` is the channel of releases; and the files and block maps beside it. Several ranges of a file are answered here, so that differential downloads work.
         */
        get: operations["getFeedElectron"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/{software}/files/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file of any feed, and its Metalink
         * @description `{file}.meta4` is a Metalink 4 document of a package (RFC 5854), for aria2 and its like.
         */
        get: operations["getFeedFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/{software}/notes/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The notes of a version
         * @description `{version}.md`, in Markdown: where AutoUpdater.NET's changelog points.
         */
        get: operations["getReleaseNotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/{software}/sparkle/{target}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sparkle, WinSparkle and NetSparkle
         * @description `{target}` is `{platform}-{arch}`. `appcast.xml` lists the newest releases that have an Ed25519 signature; the files are beside it. Where the publisher has set an appcast of their own, it is that one, and `appcast.xml.signature` its signature.
         */
        get: operations["getFeedSparkle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/{software}/squirrel/{target}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Squirrel.Mac, Electron's autoUpdater and Squirrel.Windows
         * @description `{target}` is `{platform}-{arch}`. With the app's version as `{name}`: the newest release above it, 204 where there is none. `RELEASES.json` (macOS) and `RELEASES` (Windows) tell the newest; the files are beside them.
         */
        get: operations["getFeedSquirrel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/{software}/tauri/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tauri and cargo-packager: the static `latest.json`, and their files
         * @description `latest.json` tells the newest release that is signed, with every system and arch that has it.
         */
        get: operations["getFeedTauri"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/{software}/tauri/{target}/{arch}/{current_version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tauri and cargo-packager, asked with the app's version
         * @description The newest release above the app's version that has a signed package for it; 204 where there is none. `{target}` may name the installer (`windows-x86_64-nsis`), and so may `bundle_type`.
         */
        get: operations["getTauriUpdate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/{software}/velopack/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Velopack
         * @description `releases.{win|osx|linux}[-arch][-channel].json`, and the files beside it. Deltas are listed where they lead from `localVersion` to the newest release without a gap.
         */
        get: operations["getFeedVelopack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/{software}/zsync/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * zsync and AppImageUpdate
         * @description `{platform}-{arch}.zsync` is the zsync file of the newest AppImage, whose address stays the same; the files are beside it, each with its own.
         */
        get: operations["getFeedZsync"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Health; with `deep=1` also of all that the service needs, as found within the last 5 seconds */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures of the whole deployment for Prometheus
         * @description For an API key with the scope `metrics:read`. Read from running sums and indexes of the database, so every instance answers the same.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "package.published": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** package.published */
        post: operations["on_package_published"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "package.yanked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** package.yanked */
        post: operations["on_package_yanked"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "release.published": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** release.published */
        post: operations["on_release_published"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "rollout.raised": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** rollout.raised */
        post: operations["on_rollout_raised"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "rollout.paused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** rollout.paused */
        post: operations["on_rollout_paused"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "rollout.rolled_back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** rollout.rolled_back */
        post: operations["on_rollout_rolled_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "rollout.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** rollout.completed */
        post: operations["on_rollout_completed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "rollout.failing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** rollout.failing */
        post: operations["on_rollout_failing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "plugin.published": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** plugin.published */
        post: operations["on_plugin_published"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "task.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** task.completed */
        post: operations["on_task_completed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "task.failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** task.failed */
        post: operations["on_task_failed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "task.cancelled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** task.cancelled */
        post: operations["on_task_cancelled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "storage.threshold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** storage.threshold */
        post: operations["on_storage_threshold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "ledger.mismatch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** ledger.mismatch */
        post: operations["on_ledger_mismatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "agent.offline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** agent.offline */
        post: operations["on_agent_offline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** webhook.test */
        post: operations["on_webhook_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        AccountError: {
            /** @enum {boolean} */
            success: false;
            /** @description In the language of Accept-Language */
            message: string;
            data: null;
            /** @example INVALID_CREDENTIALS */
            error_code: string;
            details: {
                field_errors?: {
                    [key: string]: string[];
                };
            };
        };
        AgentEvents: {
            attempt: number;
            events: ({
                /** @enum {string} */
                type: "progress";
                /** @description Numbers the events of an attempt; a log line that comes again is kept once */
                seq: number;
                /** Format: date-time */
                at?: string;
                progress: number;
                message?: string;
            } | {
                /** @enum {string} */
                type: "log";
                /** @description Numbers the events of an attempt; a log line that comes again is kept once */
                seq: number;
                /** Format: date-time */
                at?: string;
                /**
                 * @description DEBUG, INFO, WARNING, ERROR, CRITICAL; anything else is INFO
                 * @default INFO
                 */
                level: string;
                message: string;
            } | {
                /** @enum {string} */
                type: "completed";
                /** @description Numbers the events of an attempt; a log line that comes again is kept once */
                seq: number;
                /** Format: date-time */
                at?: string;
                /** @default {} */
                result: {
                    [key: string]: unknown;
                };
            } | {
                /** @enum {string} */
                type: "failed";
                /** @description Numbers the events of an attempt; a log line that comes again is kept once */
                seq: number;
                /** Format: date-time */
                at?: string;
                /** @default  */
                error: string;
            })[];
        };
        AgentHeartbeat: {
            name?: string;
            version?: string;
            /**
             * @description Percent, as all usage here
             * @default 0
             */
            cpu_usage: number;
            /** @default 0 */
            memory_usage: number;
            /** @description GB, as all memory here */
            total_memory?: number;
            used_memory?: number;
            /** @default [] */
            gpus: {
                gpu_id: number;
                /** @default  */
                name: string;
                /** @default 0 */
                usage: number;
                /** @default 0 */
                memory_used: number;
                /** @default 0 */
                memory_total: number;
                temperature?: number | null;
            }[];
            /**
             * @description Those too that have ended here but whose end is not acknowledged yet
             * @default []
             */
            running_tasks: {
                task_id: string;
                attempt: number;
                /** @default 0 */
                progress: number;
                message?: string;
            }[];
            /** @description The only types of tasks it can run; left out, it can run any */
            task_types?: string[];
            max_concurrent_tasks?: number;
            timestamp?: unknown;
            /**
             * @description Tasks that the agent would take now
             * @default 1
             */
            want: number;
        };
        AgentOrders: {
            /** @description Reported attempts to be stopped: they are not this agent's */
            cancel: {
                task_id: string;
                attempt: number;
            }[];
            assign: {
                task_id: string;
                attempt: number;
                task_type: string;
                config: {
                    [key: string]: unknown;
                };
                timeout_seconds: number;
                lease_seconds: number;
                /** @description Where its events go */
                callback_url: string;
                inputs: {
                    file_name: string;
                    size: number;
                    sha256: string;
                    url: string;
                }[];
                output_upload: {
                    url: string;
                    /** @enum {string} */
                    kind: "output";
                    max_bytes: number;
                };
            }[];
            /** @description When to come again; sooner, if a task ends here */
            next_seconds: number;
        };
        ApiHealth: {
            success: boolean;
            message: string;
            data: {
                /** @enum {string} */
                status: "healthy" | "unhealthy";
                version: string;
                /** @enum {string} */
                database: "connected" | "disconnected";
            };
        };
        ApiKey: {
            /** @example key_01k8f3q5zj7m0c2w9x4e6t8r1a */
            id: string;
            name: string;
            /** @description The key's first characters, to recognise it by */
            prefix: string;
            scopes: ("packages:read" | "packages:write" | "storage:admin" | "keys:admin" | "webhooks:admin" | "metrics:read")[];
            /** @description Slugs of the software that the key is limited to; null for all software */
            software: string[] | null;
            /** Format: date-time */
            expires_at: string | null;
            /** Format: date-time */
            created_at: string;
        };
        AppWare: {
            id: number;
            name: string;
            remark: string | null;
            sort_order: number;
            /** @description 1 enabled, 0 disabled */
            status: number;
            is_active: boolean;
            view_count: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            is_deleted: boolean;
            /** @description Counts changes, from 1 */
            version: number;
            /** @description The software whose versions and downloads it leads to */
            software_akey: string | null;
        };
        AppWareChanges: {
            /** @description Unique among the living, whatever its case */
            name?: string;
            remark?: string | null;
            sort_order?: number;
            status?: number;
            is_active?: boolean;
            view_count?: number;
            /** @description Of the software it leads to; null for none */
            software_akey?: string | null;
        };
        AppWares: {
            data: components["schemas"]["AppWare"][];
            /** @description Of all pages */
            count: number;
        };
        Appcast: {
            software: string;
            target: string;
            bytes: number;
            /** @description Whether `appcast.xml.signature` is served */
            is_signed_beside: boolean;
            /** Format: date-time */
            updated_at: string;
        };
        Backup: {
            id: number;
            user_key: string;
            /** @enum {string} */
            backup_type: "program" | "plugin";
            /** @description The plugin that it is of, as the client named it; may be empty */
            plugin_name: string;
            /** @description As the client named it */
            file_name: string;
            /** @description The object's key in the bucket */
            file_path: string;
            /** @description Bytes */
            file_size: number;
            /** @description SHA-256 in hex */
            file_hash: string;
            description: string;
            /** Format: date-time */
            created_at: string;
        };
        BackupList: {
            total: number;
            backups: components["schemas"]["Backup"][];
        };
        CatalogueError: {
            detail: string | {
                loc: (string | number)[];
                msg: string;
                type: string;
            }[];
        };
        ComputeError: {
            /** @enum {boolean} */
            success: false;
            /** @description In the language of Accept-Language */
            message: string;
            error_code: string;
            details: {
                field_errors?: {
                    [key: string]: string[];
                };
            };
        };
        Configuration: {
            /** @description Pending and running tasks of one user */
            max_concurrent_tasks_per_user: number;
            /** @description Seconds that a task may run */
            default_task_timeout: number;
            /** @description True: users can sign in and read, and are answered `SERVER_UNAVAILABLE` where they would change something; administrators are not */
            maintenance_mode: boolean;
            /** @description Of task time; a variable of the deployment */
            price_per_minute: number;
            /** @description A variable of the deployment */
            lease_seconds: number;
            /** @description A variable of the deployment */
            poll_interval_seconds: number;
            /** @description A variable of the deployment */
            log_retention_days: number;
            /** @description A variable of the deployment */
            storage_quota_bytes: number;
            /** @description A variable of the deployment */
            max_package_bytes: number;
            /** @description Packages that cleanup keeps; a variable of the deployment */
            keep_full: number;
            /** @description A variable of the deployment */
            keep_patch: number;
            /** @description A variable of the deployment */
            keep_hotfix: number;
            /** @description Whether webhooks may go to addresses that are not public, or without https; a variable of the deployment */
            allow_private_webhooks: boolean;
        };
        ConfigurationChanges: {
            /** @description Pending and running tasks of one user */
            max_concurrent_tasks_per_user?: number;
            /** @description Seconds that a task may run */
            default_task_timeout?: number;
            /** @description True: users can sign in and read, and are answered `SERVER_UNAVAILABLE` where they would change something; administrators are not */
            maintenance_mode?: boolean;
        };
        ConsoleSession: {
            user: components["schemas"]["User"] | null;
        };
        CreatedGpuServer: {
            id: string;
            name: string;
            /** @description The agent's host, or the address that its heartbeats come from */
            host: string;
            status: components["schemas"]["GpuServerState"];
            is_active: boolean;
            current_tasks: number;
            max_concurrent_tasks: number;
            /** @description GB */
            total_memory: number;
            /** @description GB */
            used_memory: number;
            gpu_count: number;
            /** @description What its agent runs, as it last said; null: it did not say, and gets any */
            task_types: string[] | null;
            /** @description Percent */
            cpu_usage: number;
            /** @description Percent */
            memory_usage: number;
            /** Format: date-time */
            last_heartbeat: string | null;
            /** @description For administrators */
            agent_url: string | null;
            agent_version: string;
            gpus: components["schemas"]["Gpu"][];
            /** @description For administrators: what was wrong with the last call of its agent */
            last_error: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description For the agent; shown this once */
            agent_token: string;
        };
        DeletedAppcast: {
            software: string;
            target: string;
        };
        DeletedCompanion: {
            id: number;
            /** @enum {string} */
            role: "blockmap" | "zsync";
        };
        DiscardedRelease: {
            discarded: number;
        };
        Error: {
            /** @description In the language of Accept-Language */
            detail: string;
            /** @example INVALID_API_KEY */
            error_code: string;
            /** Format: date-time */
            timestamp: string;
        };
        Gpu: {
            gpu_id: number;
            name: string;
            /** @description Percent */
            usage: number;
            /** @description GB */
            memory_used: number;
            /** @description GB */
            memory_total: number;
            /** @description Degrees Celsius */
            temperature: number | null;
        };
        GpuClusterOverview: {
            total_servers: number;
            online_servers: number;
            offline_servers: number;
            total_gpus: number;
            /** @description Of servers that are online */
            busy_gpus: number;
            /** @description The others */
            idle_gpus: number;
            total_running_tasks: number;
            /** @description Pending tasks */
            queue_length: number;
            /** @description Percent */
            average_gpu_usage: number;
            /** @description GB */
            total_memory: number;
            /** @description GB */
            used_memory: number;
        };
        GpuReading: {
            /** Format: date-time */
            timestamp: string;
            /** @description Percent */
            cpu_usage: number;
            /** @description Percent */
            memory_usage: number;
            /** @description Percent, over all GPUs */
            gpu_usage: number;
            /** @description GB */
            gpu_memory_used: number;
            running_tasks: number;
        };
        GpuServer: {
            id: string;
            name: string;
            /** @description The agent's host, or the address that its heartbeats come from */
            host: string;
            status: components["schemas"]["GpuServerState"];
            is_active: boolean;
            current_tasks: number;
            max_concurrent_tasks: number;
            /** @description GB */
            total_memory: number;
            /** @description GB */
            used_memory: number;
            gpu_count: number;
            /** @description What its agent runs, as it last said; null: it did not say, and gets any */
            task_types: string[] | null;
            /** @description Percent */
            cpu_usage: number;
            /** @description Percent */
            memory_usage: number;
            /** Format: date-time */
            last_heartbeat: string | null;
            /** @description For administrators */
            agent_url: string | null;
            agent_version: string;
            gpus: components["schemas"]["Gpu"][];
            /** @description For administrators: what was wrong with the last call of its agent */
            last_error: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        GpuServerChanges: {
            /** @example GPU-Server-01 */
            name?: string;
            /**
             * Format: uri
             * @description Where the agent listens: https and a public name, unless the deployment allows others. Null where it only pulls.
             * @example https://gpu-01.example.com
             */
            agent_url?: string | null;
            max_concurrent_tasks?: number;
            /** @description False: keeps what it runs, gets nothing new */
            is_active?: boolean;
        };
        /**
         * @description Online while its agent was heard of within three polls
         * @enum {string}
         */
        GpuServerState: "online" | "offline";
        GpuServerStatus: {
            server_id: string;
            status: components["schemas"]["GpuServerState"];
            /** @description Percent */
            cpu_usage: number;
            /** @description Percent */
            memory_usage: number;
            gpu_usage: components["schemas"]["Gpu"][];
            running_tasks: {
                task_id: string;
                /** @description Percent */
                progress: number;
            }[];
            /**
             * Format: date-time
             * @description Of the agent's last report
             */
            timestamp: string;
        };
        GpuServerSummary: {
            id: string;
            name: string;
            /** @description The agent's host, or the address that its heartbeats come from */
            host: string;
            status: components["schemas"]["GpuServerState"];
            is_active: boolean;
            current_tasks: number;
            max_concurrent_tasks: number;
            /** @description GB */
            total_memory: number;
            /** @description GB */
            used_memory: number;
            gpu_count: number;
            /** @description What its agent runs, as it last said; null: it did not say, and gets any */
            task_types: string[] | null;
            /** @description Percent */
            cpu_usage: number;
            /** @description Percent */
            memory_usage: number;
            /** Format: date-time */
            last_heartbeat: string | null;
        };
        Health: {
            /** @enum {string} */
            status: "healthy" | "degraded" | "unhealthy";
            /** Format: date-time */
            timestamp: string;
            version: string;
            checks?: {
                /** @enum {string} */
                database: "ok" | "unreachable" | "refused" | "unmigrated";
                /** @enum {string} */
                bucket: "ok" | "unreachable" | "refused" | "missing";
                /**
                 * @description Whether the database syncs each commit
                 * @enum {string}
                 */
                durability?: "ok" | "relaxed" | "unknown";
                /** @enum {string} */
                cron?: "ok" | "late";
                /** @enum {string} */
                jobs?: "ok" | "failing" | "stuck";
                /**
                 * @description `high` from 85 %, `critical` from 95 %
                 * @enum {string}
                 */
                quota?: "ok" | "high" | "critical";
                /**
                 * @description Against the clocks of database and bucket
                 * @enum {string}
                 */
                clock?: "ok" | "off";
            };
            problems?: {
                /** @example bucket */
                check: string;
                /** @example missing */
                state: string;
                /** @enum {string} */
                severity: "error" | "warning";
                /** @description What to do, in the language of Accept-Language */
                message: string;
            }[];
        };
        HeldPackage: {
            upload_id: string;
            /** @enum {string} */
            state: "held";
        };
        Job: {
            /** @example verify-uploads */
            name: string;
            is_running: boolean;
            /**
             * Format: date-time
             * @description When the last run began, whether or not it has ended
             */
            started_at: string | null;
            /** Format: date-time */
            succeeded_at: string | null;
            /** Format: date-time */
            failed_at: string | null;
            /** @description Milliseconds that the last run took, of those that ended */
            last_ms: number | null;
            /** @description Runs that have failed since the last success */
            failures: number;
        };
        Jobs: {
            /**
             * Format: date-time
             * @description When cron was last seen alive
             */
            cron_seen_at: string | null;
            jobs: components["schemas"]["Job"][];
        };
        LedgerCheck: {
            ok: boolean;
            checked: {
                entries: number;
                balances: number;
                holds: number;
                charges: number;
                redemptions: number;
                codes: number;
                tasks: number;
            };
            /** @description At most 100 */
            problems: {
                rule: string;
                subject: string;
                expected: number | null;
                found: number | null;
            }[];
        };
        ListedRelease: {
            version: string;
            /** @description Its key in `/api/versions` */
            vkey: string;
            channel: string;
            is_latest: boolean;
            /** @description The newest version that is out for all clients */
            is_newest: boolean;
            /** @description What keeps it from some clients; null: it is out for all */
            rollout: {
                id: string;
                /** @enum {string} */
                state: "active" | "paused" | "rolled_back";
                /** @description The share that it is at */
                percent: number;
            } | null;
            is_critical: boolean;
            is_watershed: boolean;
            min_update_from: string | null;
            /** Format: date-time */
            created_at: string;
            /**
             * @description `partly`: some of its packages are yanked; `empty`: it has none
             * @enum {string}
             */
            state: "published" | "partly" | "yanked" | "empty";
            size: number;
            download_count: number;
            companion_count: number;
            packages: {
                /** @enum {string} */
                package_type: "full" | "patch" | "hotfix";
                platform: string;
                arch: string;
                format: string;
                count: number;
            }[];
        };
        LogDay: {
            /**
             * Format: date
             * @description UTC
             * @example 2026-01-15
             */
            date: string;
            /** @description Bytes */
            size: number;
        };
        Login: {
            /** @enum {boolean} */
            success: true;
            message: string;
            token: string;
            /** @enum {string} */
            token_type: "bearer";
            /** @description Seconds: 86400 by user name, 1800 by mail address */
            expires_in: number;
            data: {
                token: string;
                /** @enum {string} */
                token_type: "bearer";
                /** @description Seconds: 86400 by user name, 1800 by mail address */
                expires_in: number;
                access_token: string;
                user: {
                    id: string;
                    email: string;
                    username: string;
                    /** @enum {string} */
                    role: "user" | "admin";
                };
            };
        };
        ManagedUser: {
            /** @example usr_01k8f3q5zj7m0c2w9x4e6t8r1a */
            id: string;
            email: string;
            username: string;
            full_name: string;
            /** @enum {string} */
            role: "user" | "admin";
            balance: number;
            total_tasks: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_login: string | null;
            is_active: boolean;
        };
        MoneyMovement: {
            id: string;
            /** @enum {string} */
            type: "recharge" | "hold" | "release" | "charge" | "refund" | "adjustment";
            /**
             * @description Negative: out of the balance
             * @example 100.5
             */
            amount: number;
            /**
             * @description Masked
             * @example OWL-****-****-EFGH
             */
            code: string | null;
            task_id: string | null;
            /** @description As it is now; null for a task that is deleted */
            task_title: string | null;
            description: string;
            /** Format: date-time */
            created_at: string;
            user_id: string;
            username: string;
        };
        MoneyRecord: {
            id: string;
            /** @enum {string} */
            type: "recharge" | "hold" | "release" | "charge" | "refund" | "adjustment";
            /**
             * @description Negative: out of the balance
             * @example 100.5
             */
            amount: number;
            /** @example 100.5 */
            balance_after: number;
            /**
             * @description Masked
             * @example OWL-****-****-EFGH
             */
            code: string | null;
            task_id: string | null;
            /** @description As it is now; null for a task that is deleted */
            task_title: string | null;
            description: string;
            /** Format: date-time */
            created_at: string;
        };
        NewApiKey: {
            /** @example key_01k8f3q5zj7m0c2w9x4e6t8r1a */
            id: string;
            name: string;
            /** @description The key's first characters, to recognise it by */
            prefix: string;
            scopes: ("packages:read" | "packages:write" | "storage:admin" | "keys:admin" | "webhooks:admin" | "metrics:read")[];
            /** @description Slugs of the software that the key is limited to; null for all software */
            software: string[] | null;
            /** Format: date-time */
            expires_at: string | null;
            /** Format: date-time */
            created_at: string;
            key: string;
        };
        NewAppWare: {
            /** @description Unique among the living, whatever its case */
            name: string;
            remark?: string | null;
            /** @default 0 */
            sort_order: number;
            /** @default 1 */
            status: number;
            /** @default true */
            is_active: boolean;
            /** @default 0 */
            view_count: number;
            /** @description Of the software it leads to; null for none */
            software_akey?: string | null;
        };
        NewGpuServer: {
            /** @example GPU-Server-01 */
            name: string;
            /**
             * Format: uri
             * @description Where the agent listens: https and a public name, unless the deployment allows others. Null where it only pulls.
             * @example https://gpu-01.example.com
             */
            agent_url?: string | null;
            /** @default 1 */
            max_concurrent_tasks: number;
        };
        NewRechargeCodes: {
            /** @example rcb_01k8f3q5zj7m0c2w9x4e6t8r1a */
            batch_id: string;
            codes: {
                id: string;
                /** @example OWL-ABCD-2345-EFGH */
                code: string;
                /** @example 100.5 */
                amount: number;
                /** Format: date-time */
                expires_at: string | null;
            }[];
            total_generated: number;
            /**
             * @description When each code is used once
             * @example 100.5
             */
            total_amount: number;
        };
        NewTask: {
            title: string;
            description?: string | null;
            /**
             * @description What an agent's own configuration names
             * @example video_analysis
             */
            task_type: string;
            /** @description 0 to 10, higher first; 0 if absent */
            priority?: number | null;
            /** @description Minutes; 30 if absent */
            estimated_duration?: number | null;
            /** @description At most 64 KiB of JSON */
            config?: ({
                /** @description Only servers that have all of this take the task */
                requirements?: {
                    /** @description GB for this task */
                    memory?: number;
                    gpu_count?: number;
                    /** @description Part of a GPU's name */
                    gpu_name?: string;
                } & {
                    [key: string]: unknown;
                };
                /** @description Uploads of the kind `input` by this user */
                inputs?: string[];
            } & {
                [key: string]: unknown;
            }) | null;
        };
        NewVersion: {
            vkey: string;
            version: string;
            description: string;
            is_latest: boolean;
            /** Format: date-time */
            created_at: string;
            akey: string;
        };
        NewWebhook: {
            id: string;
            url: string;
            description: string;
            /** @description Null for all, also those that come later */
            events: ("package.published" | "package.yanked" | "release.published" | "rollout.raised" | "rollout.paused" | "rollout.rolled_back" | "rollout.completed" | "rollout.failing" | "plugin.published" | "task.completed" | "task.failed" | "task.cancelled" | "storage.threshold" | "ledger.mismatch" | "agent.offline")[] | null;
            /** @description Slugs of the software that it is limited to; null for events of every kind */
            software: string[] | null;
            enabled: boolean;
            /** @description Why the server disabled it by itself */
            disabled_reason: string | null;
            /** Format: date-time */
            disabled_at: string | null;
            /**
             * Format: date-time
             * @description Until then messages are signed with the secret before this one as well
             */
            previous_secret_until: string | null;
            /** Format: date-time */
            last_delivered_at: string | null;
            /** @description Deliveries that wait */
            pending: number;
            created_by: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description What messages are signed with: HMAC-SHA256, as Standard Webhooks has it */
            secret: string;
        };
        Package: {
            id: number;
            version: string;
            /** @enum {string} */
            package_type: "full" | "patch" | "hotfix";
            package_name: string;
            package_size: number;
            from_version: string | null;
            download_url: string;
            /** Format: date-time */
            created_at: string;
            download_count: number;
            software: string;
            platform: string;
            arch: string;
            channel: string;
            sha256: string;
            yanked: boolean;
            format: string;
            signature: string | null;
            ed_signature: string | null;
            build_number: string | null;
            min_os_version: string | null;
            installer_args: string | null;
            requires_admin: boolean;
            companions: {
                role: string;
                file_name: string;
                size: number;
            }[];
            /** @description Of the version: no device below jumps over it */
            is_watershed: boolean;
            /** @description Of the version: the lowest one that may take it directly */
            min_update_from: string | null;
        };
        PackageEvent: {
            package_id: number;
            /** @description The slug */
            software: string;
            version: string;
            /** @enum {string} */
            package_type: "full" | "patch" | "hotfix";
            from_version: string | null;
            /** @enum {string} */
            platform: "windows" | "linux" | "macos" | "android" | "ios";
            /** @enum {string} */
            arch: "x64" | "x86" | "arm64" | "armv7" | "universal";
            channel: string;
            is_critical: boolean;
            file_name: string;
            /** @description Bytes */
            file_size: number;
            sha256: string;
        };
        Plugin: {
            name: string;
            display_name: string;
            description: string;
            author: string;
            license: string;
            homepage: string;
            main_dll: string;
            entry_class: string;
            /** @description The highest release that is not deprecated; a pre-release where there is nothing else */
            current_version: string;
            /** @description Disabled plugins are listed and cannot be downloaded */
            is_enabled: boolean;
            is_deprecated: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description Of all its versions */
            total_download_count: number;
        };
        PluginConflict: {
            /** @enum {boolean} */
            success: false;
            message: string;
            data: {
                /** @description Which wish leads over which plugins to what cannot be */
                summary: string;
                conflict: {
                    plugin: string;
                    /** @description `request`, or versions of a plugin: `com.b@1.2.0` */
                    wanted_by: string;
                    range?: string;
                    /** @enum {string} */
                    reason: "requested" | "installed" | "dependency" | "engine" | "integrity" | "disabled" | "unknown";
                    versions?: string[];
                    engine?: string;
                    message: string;
                }[];
            };
        };
        PluginError: {
            /** @enum {boolean} */
            success: false;
            /** @description In the language of Accept-Language */
            message: string;
            data: null;
        };
        PluginVersion: {
            plugin_name: string;
            version: string;
            /** @example com.example.myplugin@1.0.0.zip */
            file_name: string;
            /** @description The object's key in the bucket */
            file_path: string;
            /** @description Bytes */
            file_size: number;
            /** @description SHA-256 in hex */
            file_hash: string;
            changelog: string;
            /** @description Plugin name to range */
            dependencies: {
                [key: string]: string;
            };
            /** @description Engine name, in any case, to range */
            engines: {
                [key: string]: string;
            };
            is_deprecated: boolean;
            download_count: number;
            /** Format: date-time */
            created_at: string;
        };
        PublicUser: {
            /** @example usr_01k8f3q5zj7m0c2w9x4e6t8r1a */
            id: string;
            email: string;
            full_name: string | null;
            is_active: boolean;
            /** @description Whether this is an administrator */
            is_superuser: boolean;
            /** Format: date-time */
            created_at: string;
        };
        PublishedSoftware: {
            /** @description Its slug */
            software: string;
            akey: string;
            name: string;
            description: string;
            /**
             * @description `private`: packages, versions and checks are for those alone who bring a key that may read it
             * @enum {string}
             */
            visibility: "public" | "private";
            /** Format: date-time */
            created_at: string;
            version_count: number;
            package_count: number;
            /** @description Of all its packages */
            package_bytes: number;
            /** @description The newest version that is out for all clients: its latest, else its highest release */
            newest: {
                version: string;
                channel: string;
                /** Format: date-time */
                created_at: string;
            } | null;
            /** @description Its latest version, where a rollout keeps it from some clients */
            limited: {
                version: string;
                channel: string;
                /** Format: date-time */
                created_at: string;
                rollout: components["schemas"]["VersionLimit"];
            } | null;
        };
        RechargeCode: {
            id: string;
            /**
             * @description Masked
             * @example OWL-****-****-EFGH
             */
            code: string;
            /** @example rcb_01k8f3q5zj7m0c2w9x4e6t8r1a */
            batch_id: string;
            /** @example 100.5 */
            amount: number;
            description: string;
            max_uses: number;
            used_count: number;
            /** @enum {string} */
            status: "active" | "used" | "expired" | "disabled";
            /** Format: date-time */
            expires_at: string | null;
            /** Format: date-time */
            created_at: string;
        };
        Redemption: {
            /** @example 100.5 */
            amount: number;
            /** @example 100.5 */
            new_balance: number;
            recharge_record_id: string;
        };
        Release: {
            software: string;
            version: string;
            /** @description Its key in `/api/versions`; null while nothing of it is published */
            vkey: string | null;
            /** @enum {string} */
            state: "draft" | "published" | "yanked";
            /** @description null while nothing of it is published */
            channel: string | null;
            /** @description What keeps it from some clients; null: it is out for all */
            rollout: {
                id: string;
                /** @enum {string} */
                state: "active" | "paused" | "rolled_back";
                /** @description The share that it is at */
                percent: number;
            } | null;
            description: string;
            notes: string;
            /** Format: date-time */
            created_at: string | null;
            packages: {
                id: number;
                /** @enum {string} */
                package_type: "full" | "patch" | "hotfix";
                platform: string;
                arch: string;
                from_version: string | null;
                format: string;
                channel: string;
                file_name: string;
                size: number;
                sha256: string;
                /** @description null where it was not taken, or is still to be */
                sha512: string | null;
                yanked: boolean;
                is_signed: boolean;
                download_url: string;
                companions: {
                    role: string;
                    file_name: string;
                    size: number;
                }[];
            }[];
            /** @description Uploads that are published with the release */
            waiting: {
                upload_id: string;
                kind: string;
                state: string;
                file_name: string;
                size: number;
                /** Format: date-time */
                expires_at: string;
            }[];
            /** @description What a file lacks that `other`, of the same format, has */
            faults: {
                file: string;
                missing: string;
                other: string;
            }[];
        };
        ReleaseDependents: {
            /** @description Packages that apply to this version alone */
            patches: {
                id: number;
                version: string;
                from_version: string;
                /** @enum {string} */
                package_type: "full" | "patch" | "hotfix";
                platform: string;
                arch: string;
                format: string;
                size: number;
            }[];
            /** @description Ways of patches that lead over this version */
            chains: {
                platform: string;
                arch: string;
                from_version: string;
                to_version: string;
            }[];
            /** @description Versions whose `min_update_from` is this one */
            gates: {
                version: string;
                channel: string;
            }[];
            is_watershed: boolean;
            is_latest: boolean;
            /** @description Which version clients of its channel are offered that are in no rollout, wherever it has a full package */
            offers: {
                platform: string;
                arch: string;
                now: string | null;
                /** @description If this version were not there */
                without: string | null;
                /** @description Versions that were rolled back, from which devices are led to this one */
                rolled_back: string[];
            }[];
        };
        ReleaseDraft: {
            version: string;
            /** @description Packages */
            files: number;
            size: number;
            /** @description Those that are still being sent or verified */
            unfinished: number;
            /** Format: date-time */
            expires_at: string;
        };
        Rollout: {
            id: string;
            /** @description Its slug; null for a plugin's */
            software: string | null;
            plugin: string | null;
            version: string;
            /** @description The version's packages on this channel are rolled out; null for a plugin's */
            channel: string | null;
            /** @enum {string} */
            state: "active" | "paused" | "completed" | "rolled_back";
            /** @description Its place in `steps`, from 0 */
            step: number;
            steps: {
                /**
                 * @description Of all devices, those of the steps before included
                 * @example 5
                 */
                percent: number;
                /**
                 * @description How long the step lasts at least
                 * @default 24
                 */
                min_hours: number;
                /**
                 * @description How many devices have to have reported before the next step
                 * @default 0
                 */
                min_reports: number;
            }[];
            /** @description The share that it is at */
            percent: number;
            policy: {
                /**
                 * @description Percent of the devices that reported
                 * @default 2
                 */
                max_failure_rate: number;
                /**
                 * @description Fewer reports than these stop nothing
                 * @default 50
                 */
                min_reports: number;
                /**
                 * @default pause
                 * @enum {string}
                 */
                on_failure: "pause" | "roll_back" | "notify";
            };
            /** @description Why it is in its state; empty where nobody said */
            reason: string;
            /** @description Devices that said anything of the version */
            reports: number;
            installed: number;
            /** @description Devices that failed or crashed and did not start since */
            failures: number;
            /** @description Percent of the reports, with its 95 % interval */
            failure_rate: {
                percent: number;
                lower: number;
                upper: number;
            };
            /** @description What it does next by itself */
            next: {
                /** @enum {string} */
                action: "wait" | "raise" | "complete" | "pause" | "roll_back" | "notify" | "none";
                /** Format: date-time */
                not_before: string | null;
                missing_reports: number;
                is_failing: boolean;
            };
            /** Format: date-time */
            step_started_at: string;
            created_by: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        RolloutDecision: {
            id: number;
            /** Format: date-time */
            at: string;
            /** @description start, raise, pause, resume, complete, roll_back or notify */
            action: string;
            /** @description An account's id, `key:` and an API key's, or `system` */
            actor: string;
            /** @description Of an account */
            username: string | null;
            /** @description The share from then on */
            percent: number | null;
            reason: string;
            /** @description Devices that had reported; null when it began */
            reports: number | null;
            failures: number | null;
            /** @description Percent of the reports, with its 95 % interval */
            failure_rate: {
                percent: number;
                lower: number;
                upper: number;
            } | null;
        };
        RolloutEvent: {
            rollout_id: string;
            /** @description Its slug; null for a rollout of a plugin */
            software: string | null;
            /** @description Null for a rollout of a software */
            plugin: string | null;
            version: string;
            /** @description Empty for plugins */
            channel: string;
            /** @enum {string} */
            state: "active" | "paused" | "completed" | "rolled_back";
            /** @description Counted from 1 */
            step: number;
            steps: number;
            /** @description Of the devices */
            percent: number;
            reason: string;
            /** @description A user's id, `key:` and that of an API key, or `system` */
            decided_by: string;
            /** @description Devices that said anything of the version */
            reports: number;
            /** @description Those whose last word is that it failed */
            failures: number;
            /** @description In percent */
            failure_rate: number;
            /** @description The lower end of its 95 % interval, in percent */
            failure_rate_at_least: number;
        };
        RotatedAgentToken: {
            id: string;
            /** @description For the agent; shown this once */
            agent_token: string;
        };
        Service: {
            success: boolean;
            message: string;
            version: string;
            status: string;
            features: string[];
            /** Format: date-time */
            timestamp: string;
            data: {
                message: string;
                version: string;
                docs: string;
                health: string;
            };
        };
        SignInError: {
            detail: string | {
                loc: (string | number)[];
                msg: string;
                type: string;
            }[];
            /**
             * @description Of a wrong password
             * @enum {string}
             */
            error?: "invalid_grant";
        };
        Signal: {
            /** @description Slug or akey; `omega` without it and `plugin` */
            software?: string;
            /** @description In place of `software` */
            plugin?: string;
            /** @description Chosen and kept by the device; stored as a keyed hash alone */
            device_id: string;
            /** @description The version that the signal is about */
            version: string;
            /** @enum {string} */
            event: "installed" | "started" | "failed" | "crashed";
            /** @description What ran before */
            from_version?: string;
            /** @description Of a failure; its first 500 characters are kept */
            message?: string;
        };
        SignedPart: {
            part_number: number;
            /** @description Bytes of this part */
            size: number;
            /** @description PUT the part here */
            url: string;
            /** @description Send exactly these, and a Content-Digest where that is checked */
            headers: {
                [key: string]: string;
            };
            /**
             * @description Where it is there, the bucket compares the part with the SHA-256 of a Content-Digest header (RFC 9530)
             * @enum {string}
             */
            digest?: "sha-256";
        };
        Software: {
            akey: string;
            name: string;
            description: string;
            /**
             * @description `private`: packages, versions and checks are for those alone who bring a key that may read it
             * @enum {string}
             */
            visibility: "public" | "private";
            /** Format: date-time */
            created_at: string;
        };
        SoftwareAccess: {
            /** @description Its slug */
            software: string;
            akey: string;
            /**
             * @description `private`: packages, versions and checks are for those alone who bring a key that may read it
             * @enum {string}
             */
            visibility: "public" | "private";
        };
        SoftwareDone: {
            /** @enum {number} */
            code: 200;
            message: string;
        };
        SoftwareError: {
            /** @description The HTTP status */
            code: number;
            /** @description In the language of Accept-Language */
            message: string;
        };
        SoftwarePage: {
            total: number;
            list: {
                akey: string;
                name: string;
                description: string;
                /**
                 * @description `private`: packages, versions and checks are for those alone who bring a key that may read it
                 * @enum {string}
                 */
                visibility: "public" | "private";
                /** Format: date-time */
                created_at: string;
                version_count: number;
            }[];
        };
        StorageCleanup: {
            success: boolean;
            /** @description Bytes */
            space_freed: number;
            packages_deleted: number;
            /** @description Percent of the quota */
            before_usage: number;
            after_usage: number;
            deleted_packages: {
                id: number;
                /** @enum {string} */
                type: "full" | "patch" | "hotfix";
                software: string;
                version: string;
                platform: string;
                arch: string;
                size: number;
            }[];
            packages_kept: number;
            /** @description The newest 1,000 of them */
            kept_packages: {
                id: number;
                /** @enum {string} */
                type: "full" | "patch" | "hotfix";
                software: string;
                version: string;
                platform: string;
                arch: string;
                size: number;
                /** @enum {string} */
                reason: "newest_stable" | "keep_full" | "keep_patch" | "keep_hotfix" | "young" | "gate" | "chain";
                explanation: string;
            }[];
        };
        StorageStatistics: {
            /** @enum {string} */
            status: "healthy" | "warning" | "cleanup" | "critical";
            usage_percentage: number;
            recommendations: string[];
            stats: {
                total_size: number;
                used_size: number;
                available_size: number;
                usage_percentage: number;
                updates_total_size: number;
                full_packages_size: number;
                patch_packages_size: number;
                hotfix_packages_size: number;
                /** @description Reserved by unfinished uploads */
                temp_size: number;
                /** Format: date-time */
                timestamp: string;
            };
            /** @description From how many percent of the quota; uploads are refused above all of it alone */
            thresholds: {
                warning: number;
                cleanup: number;
                critical: number;
            };
        };
        SystemLogEntry: {
            id: number;
            /** Format: date-time */
            timestamp: string;
            /** @enum {string} */
            level: "DEBUG" | "INFO" | "WARNING" | "ERROR" | "CRITICAL";
            message: string;
            /** @description The `X-Request-Id` of the request's answer */
            request_id: string | null;
            details: {
                [key: string]: unknown;
            };
        };
        SystemStats: {
            total_users: number;
            /** @description Accounts that are not deactivated */
            active_users: number;
            total_tasks: number;
            running_tasks: number;
            completed_tasks: number;
            failed_tasks: number;
            total_gpu_servers: number;
            /** @description Seen within the last three polls */
            online_gpu_servers: number;
            /** @description What users were charged for their tasks, less refunds; neither recharges nor what is held */
            total_revenue: number;
            /** @description What users added to their balances with recharge codes */
            total_recharged: number;
        };
        Task: {
            id: string;
            user_id: string;
            /** @description The owner's, as it is now */
            username: string;
            title: string;
            description: string;
            task_type: string;
            /** @enum {string} */
            status: "pending" | "running" | "completed" | "failed" | "cancelled";
            /** @description Why it is pending; null in any other state */
            waiting_for: {
                /** @enum {string} */
                reason: "no_server" | "no_enabled_server" | "no_online_server" | "no_server_for_type" | "no_server_with_requirements" | "servers_full" | "queue";
                /** @description The same in a sentence, in the language of Accept-Language */
                message: string;
            } | null;
            /** @description Percent */
            progress: number;
            priority: number;
            gpu_server_id: string | null;
            /** @description As it is now */
            gpu_server_name: string | null;
            /** @description In the language of Accept-Language, as far as the words are not the command's own */
            error_message: string | null;
            /** @description Charged since it was started last, with at most two decimals */
            cost: number;
            /** @description Charged in all, since it was made: a task that was started again costs anew */
            total_cost: number;
            /** @description Minutes */
            estimated_duration: number;
            /** @description How often it was given to a server */
            attempt: number;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            completed_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            config: {
                [key: string]: unknown;
            };
            result: {
                [key: string]: unknown;
            };
            /** @description Files of the attempt that completed */
            outputs: {
                file_name: string;
                /** @description Bytes */
                size: number;
                sha256: string;
                download_count: number;
                /** @description Leads to the file, good for six hours and without signing in */
                download_url: string;
            }[];
        };
        TaskEvent: {
            task_id: string;
            title: string;
            task_type: string;
            user_id: string;
            /** @description How often it was given to a server */
            attempt: number;
            server_id: string | null;
            /** @description What it was charged */
            cost: number;
            error: string | null;
            /** Format: date-time */
            started_at: string | null;
        };
        TaskLogLine: {
            attempt: number;
            seq: number;
            /** Format: date-time */
            timestamp: string;
            level: string;
            message: string;
        };
        TaskSummary: {
            id: string;
            user_id: string;
            /** @description The owner's, as it is now */
            username: string;
            title: string;
            description: string;
            task_type: string;
            /** @enum {string} */
            status: "pending" | "running" | "completed" | "failed" | "cancelled";
            /** @description Why it is pending; null in any other state */
            waiting_for: {
                /** @enum {string} */
                reason: "no_server" | "no_enabled_server" | "no_online_server" | "no_server_for_type" | "no_server_with_requirements" | "servers_full" | "queue";
                /** @description The same in a sentence, in the language of Accept-Language */
                message: string;
            } | null;
            /** @description Percent */
            progress: number;
            priority: number;
            gpu_server_id: string | null;
            /** @description As it is now */
            gpu_server_name: string | null;
            /** @description In the language of Accept-Language, as far as the words are not the command's own */
            error_message: string | null;
            /** @description Charged since it was started last, with at most two decimals */
            cost: number;
            /** @description Charged in all, since it was made: a task that was started again costs anew */
            total_cost: number;
            /** @description Minutes */
            estimated_duration: number;
            /** @description How often it was given to a server */
            attempt: number;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            completed_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        UnknownKeys: {
            /** @enum {number} */
            code: 404;
            data: {
                /** @enum {boolean} */
                legal: false;
                message: string;
            };
        };
        UpdatedPackage: {
            id: number;
            changed: number;
        };
        Upload: {
            upload_id: string;
            upload_token: string;
            /** @enum {string} */
            state: "pending" | "verifying" | "held" | "ready" | "rejected" | "expired" | "aborted";
            /** @enum {string} */
            method: "single" | "multipart";
            part_size: number;
            part_count: number;
            /** @description At most the first 100 */
            parts: components["schemas"]["SignedPart"][];
            /** Format: date-time */
            expires_at: string;
            /** @description Of a `ready` one: what the surface's own upload answers */
            result?: {
                [key: string]: unknown;
            };
        };
        UploadStatus: {
            /** @enum {string} */
            state: "pending" | "verifying" | "held" | "ready" | "rejected" | "expired" | "aborted";
            bytes_verified: number;
            size: number;
            error?: string;
            /** @description What the error means */
            message?: string;
            /** @description What the surface's own upload answers */
            result?: {
                [key: string]: unknown;
            };
        };
        UploadedPackage: {
            message: string;
            package_id: number;
            version: string;
            /** @enum {string} */
            package_type: "full" | "patch" | "hotfix";
            /** @description Bytes */
            file_size: number;
            sha256: string;
            download_url: string;
        };
        User: {
            /** @example usr_01k8f3q5zj7m0c2w9x4e6t8r1a */
            id: string;
            email: string;
            username: string;
            full_name: string;
            /** @enum {string} */
            role: "user" | "admin";
            balance: number;
            total_tasks: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_login: string | null;
        };
        UserAction: {
            id: number;
            /** Format: date-time */
            timestamp: string;
            /** @description Null for API keys and the service itself */
            user_id: string | null;
            username: string | null;
            /** @description An account's id, `key:` and an API key's, `system` or `nobody` */
            actor: string;
            /** @example user.change */
            action: string;
            target: string;
            details: {
                [key: string]: unknown;
            };
        };
        UserStatistics: {
            total_tasks: number;
            completed_tasks: number;
            failed_tasks: number;
            /** @example 100.5 */
            total_cost: number;
            /** @example 100.5 */
            current_balance: number;
            /**
             * @description What a minute of a task costs that is made now
             * @example 100.5
             */
            price_per_minute: number;
            /** Format: date-time */
            last_task_date: string | null;
        };
        VersionCheck: {
            has_update: boolean;
            current_version: string;
            latest_version: string;
            update_info?: {
                version: string;
                description: string;
                /** Format: date-time */
                release_date: string;
                is_critical: boolean;
                update_options: {
                    /** @enum {string} */
                    type: "full" | "patch" | "hotfix";
                    package_id: number;
                    file_size: number;
                    download_url: string;
                    recommended: boolean;
                }[];
                /** @description With `plans=true`: cheapest first, the full package last */
                plans?: {
                    /** @description Of all steps */
                    bytes: number;
                    steps: {
                        package_id: number;
                        /** @enum {string} */
                        type: "full" | "patch" | "hotfix";
                        /** @description What it is applied to; null for a full package */
                        from_version: string | null;
                        to_version: string;
                        file_size: number;
                        sha256: string;
                        download_url: string;
                    }[];
                }[];
            };
            /** @description Where the client's version was rolled back and nothing newer is offered: the version to go back to */
            rollback?: {
                version: string;
                /** @description Why, in its publisher's words; empty where nobody said */
                reason: string;
                /** @description A full package */
                update_options: {
                    /** @enum {string} */
                    type: "full" | "patch" | "hotfix";
                    package_id: number;
                    file_size: number;
                    download_url: string;
                    recommended: boolean;
                }[];
            };
        };
        VersionLimit: {
            id: string;
            /** @enum {string} */
            state: "active" | "paused" | "rolled_back";
            /** @description The share that it is at */
            percent: number;
        };
        VersionPage: {
            total: number;
            list: {
                vkey: string;
                version: string;
                description: string;
                is_latest: boolean;
                /** Format: date-time */
                created_at: string;
                is_critical: boolean;
                /** @description No device below jumps over it */
                is_watershed: boolean;
                /** @description The lowest version that may take it directly */
                min_update_from: string | null;
            }[];
        };
        Webhook: {
            id: string;
            url: string;
            description: string;
            /** @description Null for all, also those that come later */
            events: ("package.published" | "package.yanked" | "release.published" | "rollout.raised" | "rollout.paused" | "rollout.rolled_back" | "rollout.completed" | "rollout.failing" | "plugin.published" | "task.completed" | "task.failed" | "task.cancelled" | "storage.threshold" | "ledger.mismatch" | "agent.offline")[] | null;
            /** @description Slugs of the software that it is limited to; null for events of every kind */
            software: string[] | null;
            enabled: boolean;
            /** @description Why the server disabled it by itself */
            disabled_reason: string | null;
            /** Format: date-time */
            disabled_at: string | null;
            /**
             * Format: date-time
             * @description Until then messages are signed with the secret before this one as well
             */
            previous_secret_until: string | null;
            /** Format: date-time */
            last_delivered_at: string | null;
            /** @description Deliveries that wait */
            pending: number;
            created_by: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        WebhookDelivery: {
            /** @description The message's `webhook-id`, the same for each attempt */
            id: string;
            /** @description The same for all webhooks that were told of one event */
            event_id: string;
            type: string;
            /** @description What it is about: software or plugin with its version, a task's title, a server's name; null where there is none */
            subject: string | null;
            /** @enum {string} */
            state: "pending" | "delivered" | "failed";
            attempts: number;
            /** Format: date-time */
            next_attempt_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            ended_at: string | null;
            last_status: number | null;
            last_fault: string | null;
        };
        WebhookDeliveryDetails: {
            /** @description The message's `webhook-id`, the same for each attempt */
            id: string;
            /** @description The same for all webhooks that were told of one event */
            event_id: string;
            type: string;
            /** @description What it is about: software or plugin with its version, a task's title, a server's name; null where there is none */
            subject: string | null;
            /** @enum {string} */
            state: "pending" | "delivered" | "failed";
            attempts: number;
            /** Format: date-time */
            next_attempt_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            ended_at: string | null;
            last_status: number | null;
            last_fault: string | null;
            /** @description The body, as it is signed and sent */
            payload: string;
            tries: {
                attempt: number;
                /** Format: date-time */
                at: string;
                duration_ms: number;
                /** @description Null where no answer came */
                status: number | null;
                fault: string | null;
                /** @description Its first KiB */
                answer: string;
            }[];
        };
        YankedPackage: {
            id: number;
            yanked: boolean;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getService: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAdminConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every setting */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["Configuration"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    putAdminConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfigurationChanges"];
            };
        };
        responses: {
            /** @description Every setting, as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["Configuration"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getAdminJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The jobs that have ever run, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["Jobs"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getAdminLedgerCheck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["LedgerCheck"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    postAdminLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 200;
                        data: {
                            token: string;
                            /** Format: date-time */
                            expires_at: string;
                        };
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INVALID_CREDENTIALS` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
        };
    };
    putAdminPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    old_password: string;
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 200;
                        message: string;
                    };
                };
            };
            /** @description `WRONG_PASSWORD`, `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
        };
    };
    getAdminStats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures of this moment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["SystemStats"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED`, `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getAdminUsers: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                role?: "user" | "admin";
                is_active?: "true" | "false";
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of users */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            items: components["schemas"]["ManagedUser"][];
                            /** @description Items on all pages */
                            total: number;
                            page: number;
                            page_size: number;
                            total_pages: number;
                        };
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    postAdminUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    /** @description 2 to 50 letters, digits, dots, underscores and hyphens, with single spaces between words; each word in one script */
                    username: string;
                    password: string;
                    full_name?: string | null;
                    /**
                     * @default user
                     * @enum {string}
                     */
                    role?: "user" | "admin";
                };
            };
        };
        responses: {
            /** @description The user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["ManagedUser"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `USERNAME_EXISTS`, `USERNAME_LOOKS_TAKEN`, `EMAIL_EXISTS` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getAdminUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["ManagedUser"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `USER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    putAdminUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role?: "user" | "admin";
                    is_active?: boolean;
                    /** @example 100.5 */
                    balance?: number;
                    full_name?: string;
                };
            };
        };
        responses: {
            /** @description As the user is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["ManagedUser"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `USER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `LAST_ADMINISTRATOR` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    postAuthLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username?: string | null;
                    email?: string | null;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Login"];
                };
            };
            /** @description `INVALID_CREDENTIALS` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
        };
    };
    postAuthLogout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended: the token is none any more */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: null;
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
        };
    };
    getAuthMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed in or not */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            is_logged_in: boolean;
                            username: string | null;
                            is_admin: boolean;
                        };
                        error_code: null;
                    };
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
        };
    };
    postAuthRegister: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    /** @description 2 to 50 letters, digits, dots, underscores and hyphens, with single spaces between words; each word in one script */
                    username: string;
                    password: string;
                    full_name?: string | null;
                };
            };
        };
        responses: {
            /** @description Registered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["User"];
                        error_code: null;
                    };
                };
            };
            /** @description `USERNAME_EXISTS`, `USERNAME_LOOKS_TAKEN`, `EMAIL_EXISTS` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
        };
    };
    postBackupsDelete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    user_key: string;
                    id: number;
                };
            };
        };
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `BACKUP_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `MISSING_PARAMETER`, `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postBackupsDownload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    user_key: string;
                    id: number;
                };
            };
        };
        responses: {
            /** @description To the file, good for six hours */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `BACKUP_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `MISSING_PARAMETER`, `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postBackupsList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    user_key: string;
                };
            };
        };
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["BackupList"];
                    };
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `MISSING_PARAMETER`, `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    getBackupsListAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["BackupList"];
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postBackupsUpload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    user_key: string;
                    /** @enum {string} */
                    backup_type: "program" | "plugin";
                    /** @default  */
                    plugin_name?: string;
                    /** @default  */
                    description?: string;
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["Backup"];
                    };
                };
            };
            /** @description `INVALID_FILE_NAME`, `EMPTY_FILE` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `BACKUP_LIMIT_EXCEEDED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `MISSING_PARAMETER`, `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `BACKUP_QUOTA_EXCEEDED`, `INSUFFICIENT_STORAGE` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postCheckLegality: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    akey: string;
                    vkey: string;
                };
            };
        };
        responses: {
            /** @description It is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 200;
                        data: {
                            /** @enum {boolean} */
                            legal: true;
                            message: string;
                        };
                    };
                };
            };
            /** @description `VALIDATION_ERROR`, `MISSING_PARAMETER` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND`, `VKEY_NOT_FOUND`: an unknown akey, or a vkey that is none of its software */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnknownKeys"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
        };
    };
    postCheckUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    akey: string;
                    vkey: string;
                };
            };
        };
        responses: {
            /** @description The latest version, if it is newer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 200;
                        data: {
                            /** @enum {boolean} */
                            has_update: true;
                            latest_version: string;
                            /** Format: date-time */
                            release_time: string;
                        } | {
                            /** @enum {boolean} */
                            has_update: false;
                            message: string;
                        };
                    };
                };
            };
            /** @description `VALIDATION_ERROR`, `MISSING_PARAMETER` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND`, `VKEY_NOT_FOUND`: an unknown akey, or a vkey that is none of its software */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnknownKeys"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
        };
    };
    heartbeat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentHeartbeat"];
            };
        };
        responses: {
            /** @description What to do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["AgentOrders"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_AGENT_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    reportEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentEvents"];
            };
        };
        responses: {
            /** @description Taken */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            /** @description Events */
                            accepted: number;
                        };
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_AGENT_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `TASK_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `STALE_ATTEMPT` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getGpuClusterOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["GpuClusterOverview"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getGpuServers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["GpuServerSummary"][];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    postGpuServers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGpuServer"];
            };
        };
        responses: {
            /** @description Registered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["CreatedGpuServer"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `GPU_SERVER_EXISTS` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getGpuServer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The server */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["GpuServer"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `GPU_SERVER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    putGpuServer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GpuServerChanges"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["GpuServer"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `GPU_SERVER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `GPU_SERVER_EXISTS` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    deleteGpuServer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            id: string;
                        };
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `GPU_SERVER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getGpuServerReadings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One reading a minute, the oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            items: components["schemas"]["GpuReading"][];
                        };
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `GPU_SERVER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    postGpuServerRotateToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["RotatedAgentToken"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `GPU_SERVER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getGpuServerStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As its agent last reported */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["GpuServerStatus"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `GPU_SERVER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getApiHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Healthy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiHealth"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The database is unreachable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiHealth"];
                };
            };
        };
    };
    getLogsDays: {
        parameters: {
            query: {
                log_type: "system" | "user-actions" | "tasks";
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The days */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            items: components["schemas"]["LogDay"][];
                        };
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getLogsDownload: {
        parameters: {
            query: {
                log_type: "system" | "user-actions" | "tasks";
                /** @description UTC */
                date: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the file, good for an hour */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `LOG_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getLogsSystem: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                level?: "DEBUG" | "INFO" | "WARNING" | "ERROR" | "CRITICAL";
                start_date?: string;
                end_date?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            items: components["schemas"]["SystemLogEntry"][];
                            /** @description Items on all pages */
                            total: number;
                            page: number;
                            page_size: number;
                            total_pages: number;
                        };
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getLogsTask: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
            };
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            items: components["schemas"]["TaskLogLine"][];
                            /** @description Items on all pages */
                            total: number;
                            page: number;
                            page_size: number;
                            total_pages: number;
                        };
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `TASK_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getLogsUserActions: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                user_id?: string;
                action?: string;
                start_date?: string;
                end_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of actions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            items: components["schemas"]["UserAction"][];
                            /** @description Items on all pages */
                            total: number;
                            page: number;
                            page_size: number;
                            total_pages: number;
                        };
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    postPluginsDelete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example com.example.myplugin */
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `PLUGIN_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `VALIDATION_ERROR`, `MISSING_PARAMETER` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postPluginsDeprecate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example com.example.myplugin */
                    name: string;
                };
            };
        };
        responses: {
            /** @description As the plugin is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["Plugin"];
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `PLUGIN_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `VALIDATION_ERROR`, `MISSING_PARAMETER` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postPluginsDetail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example com.example.myplugin */
                    name: string;
                };
            };
        };
        responses: {
            /** @description The plugin */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            plugin: components["schemas"]["Plugin"];
                            versions: components["schemas"]["PluginVersion"][];
                        };
                    };
                };
            };
            /** @description `PLUGIN_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `VALIDATION_ERROR`, `MISSING_PARAMETER` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postPluginsDisable: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example com.example.myplugin */
                    name: string;
                };
            };
        };
        responses: {
            /** @description As the plugin is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["Plugin"];
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `PLUGIN_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `VALIDATION_ERROR`, `MISSING_PARAMETER` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postPluginsDownload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example com.example.myplugin */
                    name: string;
                };
            };
        };
        responses: {
            /** @description To the file, good for at least three hours; fetch it with GET */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `PLUGIN_DISABLED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `PLUGIN_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `VALIDATION_ERROR`, `MISSING_PARAMETER` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postPluginsEnable: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example com.example.myplugin */
                    name: string;
                };
            };
        };
        responses: {
            /** @description As the plugin is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["Plugin"];
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `PLUGIN_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `VALIDATION_ERROR`, `MISSING_PARAMETER` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    getPluginsList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disabled and deprecated ones too */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["Plugin"][];
                    };
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postPluginsResolve: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Plugin name to the range wanted, such as `^1.2.0` or `>=0.0.3.0` */
                    install: {
                        [key: string]: string;
                    };
                    /**
                     * @description Engine name, in any case, to its version; engines not named are not checked
                     * @default {}
                     */
                    engines?: {
                        [key: string]: string;
                    };
                    /**
                     * @description Plugin name to its version
                     * @default {}
                     */
                    installed?: {
                        [key: string]: string;
                    };
                    /**
                     * @description Plugin name to the SHA-256 it must have
                     * @default {}
                     */
                    integrity?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description The plan */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            plan: {
                                name: string;
                                version: string;
                                /** @enum {string} */
                                action: "install" | "update" | "downgrade" | "keep";
                                /** @description The version that is installed */
                                previous?: string;
                                /** @description Bytes; like the next two null for an installed version that the registry does not know or whose plugin is disabled */
                                size: number | null;
                                sha256: string | null;
                                download_url: string | null;
                                dependencies: {
                                    [key: string]: string;
                                };
                                is_deprecated: boolean;
                            }[];
                            /** @description Bytes of what is not kept */
                            total_size: number;
                            /** @description A request that is answered the same, also when there are newer versions */
                            lock: {
                                install: {
                                    [key: string]: string;
                                };
                                engines: {
                                    [key: string]: string;
                                };
                                installed: {
                                    [key: string]: string;
                                };
                                integrity: {
                                    [key: string]: string;
                                };
                            };
                            /** @description Of what is installed, what is left as it is because its plugin is disabled */
                            notices: {
                                name: string;
                                installed: string;
                                /** @enum {string} */
                                notice: "plugin_disabled";
                            }[];
                        };
                    };
                };
            };
            /** @description `RESOLUTION_CONFLICT`: in short, then who wants what from the request outwards; without any one of these, the others leave a solution */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginConflict"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `VALIDATION_ERROR`, `MISSING_PARAMETER`, `RESOLUTION_TOO_COMPLEX` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    getPluginsSearch: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                search?: string;
                /** @description `enabled` are those that are neither disabled nor deprecated */
                state?: "enabled" | "disabled" | "deprecated";
                /** @description Only plugins whose current version depends on the plugin of this name */
                depends_on?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of plugins */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            items: components["schemas"]["Plugin"][];
                            /** @description Items on all pages */
                            total: number;
                            page: number;
                            page_size: number;
                            total_pages: number;
                        };
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postPluginsUpdates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    installed: {
                        [key: string]: string;
                    };
                    /** @default {} */
                    engines?: {
                        [key: string]: string;
                    };
                    /** @description An id that the host chose and keeps: it decides which rollouts it is in */
                    device_id?: string;
                    /** @description A person asked, so rollouts that go on count as out for everybody */
                    force?: boolean;
                };
            };
        };
        responses: {
            /** @description Updates, and what else is to be known of the installed versions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            updates: {
                                name: string;
                                installed: string;
                                version: string;
                                /** @description Bytes */
                                size: number;
                                sha256: string;
                                download_url: string;
                                /** @description Its beginning, where many or long ones are answered */
                                changelog: string;
                            }[];
                            /** @description How many of the others the registry knows */
                            up_to_date: number;
                            /** @description Names that the registry does not know */
                            unknown: string[];
                            notices: {
                                name: string;
                                installed: string;
                                /** @enum {string} */
                                notice: "plugin_disabled" | "plugin_deprecated" | "version_rolled_back" | "version_deprecated";
                            }[];
                        };
                    };
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `VALIDATION_ERROR`, `MISSING_PARAMETER`, `RESOLUTION_TOO_COMPLEX` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postPluginsUpload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    plugin_key: string;
                    name?: string;
                    /** @example 1.2.0 */
                    version?: string;
                    /** @description Where the server asks for one */
                    upload_secret?: string;
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Published */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["Plugin"];
                    };
                };
            };
            /** @description `INVALID_FILE_NAME`, `UNSUPPORTED_FILE_TYPE`, `EMPTY_FILE`, `INVALID_PLUGIN` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `WRONG_PLUGIN_KEY`, `WRONG_UPLOAD_SECRET` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `PLUGIN_EXISTS`, `PLUGIN_VERSION_EXISTS`, `PLUGIN_DELETED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `VALIDATION_ERROR`, `MISSING_PARAMETER`, `MALFORMED_BODY` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INSUFFICIENT_STORAGE` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postPluginsVersionDeprecate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example com.example.myplugin */
                    name: string;
                    /** @example 1.0.0 */
                    version: string;
                };
            };
        };
        responses: {
            /** @description As the version is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["PluginVersion"];
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `PLUGIN_NOT_FOUND`, `PLUGIN_VERSION_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `VALIDATION_ERROR`, `MISSING_PARAMETER` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postPluginsVersionDetail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example com.example.myplugin */
                    name: string;
                    /** @example 1.0.0 */
                    version: string;
                };
            };
        };
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["PluginVersion"];
                    };
                };
            };
            /** @description `PLUGIN_NOT_FOUND`, `PLUGIN_VERSION_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `VALIDATION_ERROR`, `MISSING_PARAMETER` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    getPluginsVersionDownload: {
        parameters: {
            query: {
                name: string;
                version: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description HEAD only: `Content-Length`, `Content-Type`, `X-Checksum-SHA256` (hex) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description To the file, good for at least three hours */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `PLUGIN_DISABLED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `PLUGIN_NOT_FOUND`, `PLUGIN_VERSION_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `VALIDATION_ERROR`, `MISSING_PARAMETER` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postPluginsVersionDownload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example com.example.myplugin */
                    name: string;
                    /** @example 1.0.0 */
                    version: string;
                };
            };
        };
        responses: {
            /** @description To the file, good for at least three hours; fetch it with GET */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `PLUGIN_DISABLED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `PLUGIN_NOT_FOUND`, `PLUGIN_VERSION_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `VALIDATION_ERROR`, `MISSING_PARAMETER` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    postPluginsVersions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example com.example.myplugin */
                    name: string;
                };
            };
        };
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["PluginVersion"][];
                    };
                };
            };
            /** @description `PLUGIN_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `MALFORMED_BODY`, `VALIDATION_ERROR`, `MISSING_PARAMETER` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginError"];
                };
            };
        };
    };
    getRechargeCodes: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                status?: "active" | "used" | "expired" | "disabled";
                batch_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            items: components["schemas"]["RechargeCode"][];
                            /** @description Items on all pages */
                            total: number;
                            page: number;
                            page_size: number;
                            total_pages: number;
                        };
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    postRechargeCodes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the same codes again */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 100.5 */
                    amount: number;
                    description?: string | null;
                    /** @default 1 */
                    batch_size?: number;
                    /**
                     * Format: date-time
                     * @description In the future
                     * @example 2036-12-31T23:59:59Z
                     */
                    expires_at?: string | null;
                    /** @default 1 */
                    max_uses?: number;
                };
            };
        };
        responses: {
            /** @description The codes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["NewRechargeCodes"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `IDEMPOTENCY_CONFLICT` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR`, `ALREADY_EXPIRED` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    postRechargeCodeDisable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The code as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["RechargeCode"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `RECHARGE_CODE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getRechargeRecords: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                /** @description `all`: everything that moved the balance, tasks and adjustments included */
                type?: "recharge" | "all";
                /** @description For administrators: this user's records */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            items: components["schemas"]["MoneyRecord"][];
                            /** @description Items on all pages */
                            total: number;
                            page: number;
                            page_size: number;
                            total_pages: number;
                        };
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    postRechargeRedeem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["Redemption"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_RECHARGE_CODE` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `RECHARGE_CODE_USED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVER_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getSoftware: {
        parameters: {
            query?: {
                page?: number;
                size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 200;
                        data: components["schemas"]["SoftwarePage"];
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
        };
    };
    postSoftware: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Omega Studio */
                    name: string;
                    /** @default  */
                    description?: string;
                    /**
                     * @description `private`: packages, versions and checks are for those alone who bring a key that may read it
                     * @default public
                     * @enum {string}
                     */
                    visibility?: "public" | "private";
                };
            };
        };
        responses: {
            /** @description Created */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 200;
                        data: components["schemas"]["Software"];
                    };
                };
            };
            /** @description `VALIDATION_ERROR`, `MISSING_PARAMETER`, `SOFTWARE_EXISTS` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
        };
    };
    putSoftware: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                akey: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Omega Studio */
                    name?: string;
                    description?: string;
                    /**
                     * @description `private`: packages, versions and checks are for those alone who bring a key that may read it
                     * @enum {string}
                     */
                    visibility?: "public" | "private";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareDone"];
                };
            };
            /** @description `VALIDATION_ERROR`, `SOFTWARE_EXISTS` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
        };
    };
    deleteSoftware: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                akey: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareDone"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
        };
    };
    getSoftwareVersions: {
        parameters: {
            query?: {
                page?: number;
                size?: number;
            };
            header?: never;
            path: {
                akey: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 200;
                        data: components["schemas"]["VersionPage"];
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
        };
    };
    postSoftwareVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                akey: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example v2.1-beta */
                    version: string;
                    /** @default  */
                    description?: string;
                    is_latest?: boolean;
                };
            };
        };
        responses: {
            /** @description Published */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 200;
                        data: components["schemas"]["NewVersion"];
                    };
                };
            };
            /** @description `VALIDATION_ERROR`, `MISSING_PARAMETER`, `VERSION_EXISTS` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
        };
    };
    getTasks: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                status?: "pending" | "running" | "completed" | "failed" | "cancelled";
                /** @description What an agent's own configuration names */
                task_type?: string;
                sort_by?: "created_at" | "updated_at" | "priority";
                sort_order?: "asc" | "desc";
                /** @description For administrators: somebody's tasks, or `all` */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: {
                            items: components["schemas"]["TaskSummary"][];
                            /** @description Items on all pages */
                            total: number;
                            page: number;
                            page_size: number;
                            total_pages: number;
                        };
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    postTasks: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: same task */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTask"];
            };
        };
        responses: {
            /** @description Created, and waiting for a server */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["TaskSummary"];
                        error_code: null;
                    };
                };
            };
            /** @description `INSUFFICIENT_BALANCE` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `IDEMPOTENCY_CONFLICT` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `TASK_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVER_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["Task"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `TASK_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    deleteTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: null;
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `TASK_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `TASK_STATE_CONFLICT` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVER_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    postTaskCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["TaskSummary"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `TASK_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `TASK_STATE_CONFLICT` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVER_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getTaskOutput: {
        parameters: {
            query?: {
                /** @description Of the task's `download_url`: no sign-in is needed with it */
                token?: string;
            };
            header?: never;
            path: {
                task_id: string;
                file_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description HEAD only: `Content-Length`, `Content-Type`, `X-Checksum-SHA256` (hex) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description To the file in the bucket, good for six hours */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `TASK_OUTPUT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    postTaskRetry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["TaskSummary"];
                        error_code: null;
                    };
                };
            };
            /** @description `INSUFFICIENT_BALANCE` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `TASK_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `TASK_STATE_CONFLICT` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `TASK_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVER_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    postUsersChangePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current_password: string;
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: null;
                        error_code: null;
                    };
                };
            };
            /** @description `WRONG_PASSWORD` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
        };
    };
    getUsersMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["User"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
        };
    };
    putUsersMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 2 to 50 letters, digits, dots, underscores and hyphens, with single spaces between words; each word in one script */
                    username?: string | null;
                    full_name?: string | null;
                };
            };
        };
        responses: {
            /** @description As the user is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["User"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `USERNAME_EXISTS`, `USERNAME_LOOKS_TAKEN` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountError"];
                };
            };
        };
    };
    getUsersStats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        message: string;
                        data: components["schemas"]["UserStatistics"];
                        error_code: null;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputeError"];
                };
            };
        };
    };
    getApiKeys: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApiKey"][];
                        total: number;
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    scopes: ("packages:read" | "packages:write" | "storage:admin" | "keys:admin" | "webhooks:admin" | "metrics:read")[];
                    /** @description Slugs or akeys of the software that the key is limited to; without it, all software */
                    software?: string[];
                    /**
                     * Format: date-time
                     * @description In the future
                     * @example 2036-12-31T23:59:59Z
                     */
                    expires_at?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ALREADY_EXPIRED` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getApiKeysCurrent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key is good */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        scopes: ("packages:read" | "packages:write" | "storage:admin" | "keys:admin" | "webhooks:admin" | "metrics:read")[];
                        /** @description Slugs of the software that the key is limited to; null for all software */
                        software: string[] | null;
                    };
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAppwares: {
        parameters: {
            query?: {
                skip?: number;
                limit?: number;
                status?: number;
                is_active?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By sort_order, then the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppWares"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
        };
    };
    postAppwares: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAppWare"];
            };
        };
        responses: {
            /** @description The new record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppWare"];
                };
            };
            /** @description `APPWARE_EXISTS` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
        };
    };
    getAppwaresAdminAll: {
        parameters: {
            query?: {
                skip?: number;
                limit?: number;
                status?: number;
                is_active?: boolean;
                include_deleted?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By sort_order, then the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppWares"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
        };
    };
    getAppwaresMy: {
        parameters: {
            query?: {
                skip?: number;
                limit?: number;
                status?: number;
                is_active?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By sort_order, then the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppWares"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
        };
    };
    getAppwaresPopular: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The most viewed first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppWare"][];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
        };
    };
    getAppware: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appware_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppWare"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `APPWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
        };
    };
    putAppware: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appware_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppWareChanges"];
            };
        };
        responses: {
            /** @description The record as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppWare"];
                };
            };
            /** @description `APPWARE_EXISTS` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `APPWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
        };
    };
    deleteAppware: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appware_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `APPWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueError"];
                };
            };
        };
    };
    getBackups: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                backup_type?: "program" | "plugin";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of backups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Backup"][];
                        /** @description Items on all pages */
                        total: number;
                        page: number;
                        page_size: number;
                        total_pages: number;
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postBackupsLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    user_key: string;
                    id: number;
                };
            };
        };
        responses: {
            /** @description Good for six hours */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        url: string;
                    };
                };
            };
            /** @description `MALFORMED_BODY`, `MISSING_PARAMETER`, `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `BACKUP_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteBackup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    user_key: string;
                };
            };
        };
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `MALFORMED_BODY`, `VALIDATION_ERROR`, `MISSING_PARAMETER` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `BACKUP_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putFeedSparkle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or akey */
                software: string;
                /** @description `{platform}-{arch}` */
                target: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The signed appcast, every byte as it is */
                    appcast: string;
                    /** @description The content of `appcast.xml.signature`, where the updater asks for it */
                    signature?: string;
                };
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Appcast"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND`, `FEED_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteFeedSparkle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or akey */
                software: string;
                /** @description `{platform}-{arch}` */
                target: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedAppcast"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND`, `FEED_EMPTY`, `FEED_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postLoginAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description A user name or a mail address */
                    username: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_token: string;
                        /** @enum {string} */
                        token_type: "bearer";
                    };
                };
            };
            /** @description `INVALID_CREDENTIALS` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInError"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInError"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInError"];
                };
            };
        };
    };
    getMoneyRecords: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                /** @description Only this user's */
                user_id?: string;
                type?: "recharge" | "hold" | "release" | "charge" | "refund" | "adjustment";
                /** @description The first moment */
                from?: string;
                /** @description The last moment */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of movements */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["MoneyMovement"][];
                        /** @description Items on all pages */
                        total: number;
                        page: number;
                        page_size: number;
                        total_pages: number;
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getPackages: {
        parameters: {
            query?: {
                /** @description `all`: every one */
                platform?: "windows" | "linux" | "macos" | "android" | "ios" | "all";
                /** @description `all`: every one */
                arch?: "x64" | "x86" | "arm64" | "armv7" | "universal" | "all";
                /** @description Slug or akey */
                software?: string;
                package_type?: "full" | "patch" | "hotfix";
                limit?: number;
                offset?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Packages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Package"][];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deletePackage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PACKAGE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchPackage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The content of its `.sig` file, as Tauri's signer or minisign wrote it */
                    signature?: string;
                    /** @description Its Ed25519 signature in base64, as Sparkle's sign_update prints it */
                    ed_signature?: string;
                    /** @description What its system counts versions by: CFBundleVersion */
                    build_number?: string;
                    /** @description The oldest version of its system that it runs on */
                    min_os_version?: string;
                    /** @description What its installer is started with */
                    installer_args?: string;
                    /** @description Bytes of the block map that an AppImage ends with */
                    block_map_size?: number;
                    /** @description Whether it is installed for all users */
                    requires_admin?: boolean | ("true" | "1" | "yes" | "on" | "false" | "0" | "no" | "off");
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdatedPackage"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PACKAGE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deletePackageCompanion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                role: "blockmap" | "zsync";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedCompanion"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `COMPANION_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postPackageUnyank: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["YankedPackage"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PACKAGE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postPackageYank: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["YankedPackage"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PACKAGE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listReleases: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                /** @description In the version. The version of exactly this text comes first. */
                search?: string;
                channel?: string;
                /** @description Versions that have a package of it */
                platform?: "windows" | "linux" | "macos" | "android" | "ios";
                arch?: "x64" | "x86" | "arm64" | "armv7" | "universal";
                format?: string;
                type?: "full" | "patch" | "hotfix";
                state?: "offered" | "yanked";
            };
            header?: never;
            path: {
                /** @description Slug or akey */
                software: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedRelease"][];
                        /** @description Items on all pages */
                        total: number;
                        page: number;
                        page_size: number;
                        total_pages: number;
                        software: string;
                        /** @description All that wait to be published, whatever the filters */
                        drafts: components["schemas"]["ReleaseDraft"][];
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or akey */
                software: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The release as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description `VALIDATION_ERROR`, `INVALID_VERSION` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND`, `RELEASE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or akey */
                software: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Markdown */
                    notes?: string;
                    description?: string;
                };
            };
        };
        responses: {
            /** @description The release as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description `VALIDATION_ERROR`, `INVALID_VERSION` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND`, `RELEASE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getReleaseDependents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or akey */
                software: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Empty lists: nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseDependents"];
                };
            };
            /** @description `VALIDATION_ERROR`, `INVALID_VERSION` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteReleaseDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or akey */
                software: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many uploads that were */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscardedRelease"];
                };
            };
            /** @description `VALIDATION_ERROR`, `INVALID_VERSION` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND`, `RELEASE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RELEASE_EMPTY` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postReleasePromote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or akey */
                software: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example stable */
                    to: string;
                };
            };
        };
        responses: {
            /** @description The release as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description `VALIDATION_ERROR`, `INVALID_VERSION` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND`, `RELEASE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RELEASE_STABLE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PRE_RELEASE` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postReleasePublish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or akey */
                software: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Markdown */
                    notes?: string;
                    description?: string;
                    /**
                     * @description Publish files that lack what others of their format have
                     * @default false
                     */
                    allow_incomplete?: boolean;
                    /** @description The version is given to a growing share of the devices */
                    rollout?: {
                        steps: {
                            /**
                             * @description Of all devices, those of the steps before included
                             * @example 5
                             */
                            percent: number;
                            /**
                             * @description How long the step lasts at least
                             * @default 24
                             */
                            min_hours?: number;
                            /**
                             * @description How many devices have to have reported before the next step
                             * @default 0
                             */
                            min_reports?: number;
                        }[];
                        /**
                         * @default {
                         *       "max_failure_rate": 2,
                         *       "min_reports": 50,
                         *       "on_failure": "pause"
                         *     }
                         */
                        policy?: {
                            /**
                             * @description Percent of the devices that reported
                             * @default 2
                             */
                            max_failure_rate?: number;
                            /**
                             * @description Fewer reports than these stop nothing
                             * @default 50
                             */
                            min_reports?: number;
                            /**
                             * @default pause
                             * @enum {string}
                             */
                            on_failure?: "pause" | "roll_back" | "notify";
                        };
                    };
                };
            };
        };
        responses: {
            /** @description The release as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description `VALIDATION_ERROR`, `INVALID_VERSION` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND`, `RELEASE_NOT_FOUND`, `PACKAGE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RELEASE_EMPTY`, `RELEASE_UNFINISHED`, `PACKAGE_EXISTS`, `COMPANION_EXISTS`, `SOFTWARE_DELETED`, `ROLLOUT_DIFFERS`, `ROLLOUT_LATE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RELEASE_INCOMPLETE` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postReleaseUnyank: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or akey */
                software: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The release as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description `VALIDATION_ERROR`, `INVALID_VERSION` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND`, `RELEASE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchReleaseWaiting: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or akey */
                software: string;
                version: string;
                /** @description As `waiting` of the release tells it */
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    description?: string;
                    notes?: string;
                    is_critical?: boolean | ("true" | "1" | "yes" | "on" | "false" | "0" | "no" | "off");
                    /** @description Of the version: no device below jumps over it */
                    is_watershed?: boolean | ("true" | "1" | "yes" | "on" | "false" | "0" | "no" | "off");
                    /**
                     * @description Of the version: the lowest one that may take it directly
                     * @example 2.0.0
                     */
                    min_update_from?: string;
                    /** @description The content of its `.sig` file, as Tauri's signer or minisign wrote it */
                    signature?: string;
                    /** @description Its Ed25519 signature in base64, as Sparkle's sign_update prints it */
                    ed_signature?: string;
                    /** @description What its system counts versions by: CFBundleVersion */
                    build_number?: string;
                    /** @description The oldest version of its system that it runs on */
                    min_os_version?: string;
                    /** @description What its installer is started with */
                    installer_args?: string;
                    /** @description Bytes of the block map that an AppImage ends with */
                    block_map_size?: number;
                    /** @description Whether it is installed for all users */
                    requires_admin?: boolean | ("true" | "1" | "yes" | "on" | "false" | "0" | "no" | "off");
                };
            };
        };
        responses: {
            /** @description The release as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description `VALIDATION_ERROR`, `INVALID_VERSION` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND`, `RELEASE_NOT_FOUND`, `UPLOAD_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UPLOAD_STATE_CONFLICT` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postReleaseYank: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or akey */
                software: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The release as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description `VALIDATION_ERROR`, `INVALID_VERSION` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND`, `RELEASE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getRollouts: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                /** @description Slug or akey */
                software?: string;
                plugin?: string;
                version?: string;
                /** @description `open`: those that are active or paused */
                state?: "active" | "paused" | "completed" | "rolled_back" | "open";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rollouts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Rollout"][];
                        /** @description Items on all pages */
                        total: number;
                        page: number;
                        page_size: number;
                        total_pages: number;
                    };
                };
            };
            /** @description `VALIDATION_ERROR`, `INVALID_VERSION` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postRollouts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    steps: {
                        /**
                         * @description Of all devices, those of the steps before included
                         * @example 5
                         */
                        percent: number;
                        /**
                         * @description How long the step lasts at least
                         * @default 24
                         */
                        min_hours?: number;
                        /**
                         * @description How many devices have to have reported before the next step
                         * @default 0
                         */
                        min_reports?: number;
                    }[];
                    /**
                     * @default {
                     *       "max_failure_rate": 2,
                     *       "min_reports": 50,
                     *       "on_failure": "pause"
                     *     }
                     */
                    policy?: {
                        /**
                         * @description Percent of the devices that reported
                         * @default 2
                         */
                        max_failure_rate?: number;
                        /**
                         * @description Fewer reports than these stop nothing
                         * @default 50
                         */
                        min_reports?: number;
                        /**
                         * @default pause
                         * @enum {string}
                         */
                        on_failure?: "pause" | "roll_back" | "notify";
                    };
                    /** @description Slug or akey */
                    software?: string;
                    /** @description In place of `software` */
                    plugin?: string;
                    /** @example 2.2.5 */
                    version: string;
                    /** @description The packages that are rolled out; default: the version's own channel */
                    channel?: string;
                };
            };
        };
        responses: {
            /** @description The rollout, at its first step */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            /** @description `VALIDATION_ERROR`, `MISSING_PARAMETER`, `MALFORMED_BODY`, `INVALID_VERSION` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND`, `RELEASE_NOT_FOUND`, `PLUGIN_VERSION_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_EXISTS`, `ROLLOUT_NOTHING_OFFERED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getRollout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rollout */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postRolloutComplete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Shown with the rollout, to whoever is led back, and in webhooks */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The rollout as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            /** @description `VALIDATION_ERROR`, `MALFORMED_BODY` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_STATE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getRolloutLog: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its decisions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RolloutDecision"][];
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postRolloutPause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Shown with the rollout, to whoever is led back, and in webhooks */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The rollout as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            /** @description `VALIDATION_ERROR`, `MALFORMED_BODY` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_STATE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postRolloutRaise: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Shown with the rollout, to whoever is led back, and in webhooks */
                    reason?: string;
                    /** @description Its place in `steps`, from 0 */
                    step?: number;
                };
            };
        };
        responses: {
            /** @description The rollout as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            /** @description `VALIDATION_ERROR`, `MALFORMED_BODY` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_STATE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_STEP` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postRolloutResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Shown with the rollout, to whoever is led back, and in webhooks */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The rollout as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            /** @description `VALIDATION_ERROR`, `MALFORMED_BODY` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_STATE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postRolloutRollBack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Shown with the rollout, to whoever is led back, and in webhooks */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The rollout as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            /** @description `VALIDATION_ERROR`, `MALFORMED_BODY` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_STATE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user, or null */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleSession"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A user name or a mail address */
                    username: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Signed in */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_CREDENTIALS` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FROM_CONSOLE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `NOT_FROM_CONSOLE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FROM_CONSOLE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSignals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Slug or akey; `omega` without it and `plugin` */
                    software?: string;
                    /** @description In place of `software` */
                    plugin?: string;
                    /** @description Chosen and kept by the device; stored as a keyed hash alone */
                    device_id?: string;
                    /** @description The version that the signal is about */
                    version?: string;
                    /** @enum {string} */
                    event?: "installed" | "started" | "failed" | "crashed";
                    /** @description What ran before */
                    from_version?: string;
                    /** @description Of a failure; its first 500 characters are kept */
                    message?: string;
                    /** @description In place of the other fields: several, in the order in which they happened */
                    signals?: components["schemas"]["Signal"][];
                };
            };
        };
        responses: {
            /** @description They are kept, as far as they are about a version that exists */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accepted: number;
                    };
                };
            };
            /** @description `VALIDATION_ERROR`, `MISSING_PARAMETER`, `MALFORMED_BODY`, `INVALID_VERSION` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `MESSAGE_TOO_LONG` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    searchSoftware: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                /** @description In the name or the slug, or an akey. What has exactly this slug comes first. */
                search?: string;
                /** @description `private`: packages, versions and checks are for those alone who bring a key that may read it */
                visibility?: "public" | "private";
                /** @description `versions`: those with the most versions first */
                order?: "newest" | "versions";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PublishedSoftware"][];
                        /** @description Items on all pages */
                        total: number;
                        page: number;
                        page_size: number;
                        total_pages: number;
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setSoftwareVisibility: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                software: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description `private`: packages, versions and checks are for those alone who bring a key that may read it
                     * @enum {string}
                     */
                    visibility: "public" | "private";
                };
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareAccess"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getStatisticsAdoption: {
        parameters: {
            query?: {
                /** @description Slug or akey */
                software?: string;
                /** @description Devices seen in so many last days, today included */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version with most devices first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        software: string;
                        days: number;
                        /** @description Of all versions */
                        devices: number;
                        versions: {
                            version: string;
                            devices: number;
                            percent: number;
                            platforms: {
                                [key: string]: number;
                            };
                            arches: {
                                [key: string]: number;
                            };
                            channels: {
                                [key: string]: number;
                            };
                        }[];
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getStatisticsDaily: {
        parameters: {
            query?: {
                /** @description Slug or akey */
                software?: string;
                /** @description The first day; default: 30 days up to `to` */
                from?: string;
                /** @description The last day; default: today */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The first day first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        software: string;
                        /** Format: date */
                        from: string;
                        /** Format: date */
                        to: string;
                        counts: {
                            /** Format: date */
                            day: string;
                            version: string;
                            /** @description `unknown` where a device did not say */
                            platform: string;
                            checks: number;
                            offers: number;
                            downloads: number;
                            installs: number;
                            failures: number;
                        }[];
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `STATISTICS_RANGE` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postStorageCleanup: {
        parameters: {
            query?: {
                /** @description `true`: deletes nothing, and says what would be deleted */
                dry_run?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    api_key?: string;
                };
            };
        };
        responses: {
            /** @description What was deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StorageCleanup"];
                };
            };
            /** @description `VALIDATION_ERROR`, `MALFORMED_BODY` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getStorageStats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Statistics */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StorageStatistics"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUploadPackage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** @example 2.2.5 */
                    version: string;
                    /** @enum {string} */
                    package_type: "full" | "patch" | "hotfix";
                    description?: string;
                    /** @default true */
                    is_stable?: boolean;
                    /** @default false */
                    is_critical?: boolean;
                    /**
                     * @description Of the version: no device below jumps over it
                     * @default false
                     */
                    is_watershed?: boolean;
                    /**
                     * @description Of the version: the lowest one that may take it directly
                     * @example 2.0.0
                     */
                    min_update_from?: string;
                    /**
                     * @default windows
                     * @enum {string}
                     */
                    platform?: "windows" | "linux" | "macos" | "android" | "ios";
                    /**
                     * @default x64
                     * @enum {string}
                     */
                    arch?: "x64" | "x86" | "arm64" | "armv7" | "universal";
                    /** @description Of patches, and of hotfixes for one version */
                    from_version?: string;
                    /** @default omega */
                    software?: string;
                    channel?: string;
                    notes?: string;
                    /** @description The content of its `.sig` file, as Tauri's signer or minisign wrote it */
                    signature?: string;
                    /** @description Its Ed25519 signature in base64, as Sparkle's sign_update prints it */
                    ed_signature?: string;
                    /** @description What its system counts versions by: CFBundleVersion */
                    build_number?: string;
                    /** @description The oldest version of its system that it runs on */
                    min_os_version?: string;
                    /** @description What its installer is started with */
                    installer_args?: string;
                    /** @description Bytes of the block map that an AppImage ends with */
                    block_map_size?: number;
                    /**
                     * @description Whether it is installed for all users
                     * @default false
                     */
                    requires_admin?: boolean;
                    /**
                     * @description Held until its release is published
                     * @default false
                     */
                    draft?: boolean;
                    /** @description The version is given to a growing share of the devices; in a form as JSON */
                    rollout?: {
                        steps: {
                            /**
                             * @description Of all devices, those of the steps before included
                             * @example 5
                             */
                            percent: number;
                            /**
                             * @description How long the step lasts at least
                             * @default 24
                             */
                            min_hours?: number;
                            /**
                             * @description How many devices have to have reported before the next step
                             * @default 0
                             */
                            min_reports?: number;
                        }[];
                        /**
                         * @default {
                         *       "max_failure_rate": 2,
                         *       "min_reports": 50,
                         *       "on_failure": "pause"
                         *     }
                         */
                        policy?: {
                            /**
                             * @description Percent of the devices that reported
                             * @default 2
                             */
                            max_failure_rate?: number;
                            /**
                             * @description Fewer reports than these stop nothing
                             * @default 50
                             */
                            min_reports?: number;
                            /**
                             * @default pause
                             * @enum {string}
                             */
                            on_failure?: "pause" | "roll_back" | "notify";
                        };
                    };
                    api_key?: string;
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Published */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedPackage"];
                };
            };
            /** @description With `draft`: verified, and held until its release is published */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldPackage"];
                };
            };
            /** @description `VALIDATION_ERROR`, `MISSING_PARAMETER`, `MALFORMED_BODY`, `INVALID_VERSION`, `INVALID_FILE_NAME`, `UNSUPPORTED_FILE_TYPE`, `EMPTY_FILE` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PACKAGE_EXISTS`, `SOFTWARE_DELETED`, `ROLLOUT_DIFFERS`, `ROLLOUT_LATE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `TOO_MANY_UPLOADS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_STORAGE` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUploads: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: same upload */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    kind: "package";
                    /** @example build.zip */
                    filename: string;
                    /** @description Bytes */
                    size: number;
                    /** @description Bytes of a part, where small ones are wanted: what is larger is sent in parts. Parts are a multiple of it where there would be more than 10,000 */
                    part_size?: number;
                    /** @description Without it here, `complete` has to bring it */
                    sha256?: string;
                    md5?: string;
                    content_type?: string;
                    package: {
                        /** @example 2.2.5 */
                        version: string;
                        /** @enum {string} */
                        package_type: "full" | "patch" | "hotfix";
                        description?: string;
                        is_stable?: boolean | ("true" | "1" | "yes" | "on" | "false" | "0" | "no" | "off");
                        is_critical?: boolean | ("true" | "1" | "yes" | "on" | "false" | "0" | "no" | "off");
                        /** @description Of the version: no device below jumps over it */
                        is_watershed?: boolean | ("true" | "1" | "yes" | "on" | "false" | "0" | "no" | "off");
                        /**
                         * @description Of the version: the lowest one that may take it directly
                         * @example 2.0.0
                         */
                        min_update_from?: string;
                        /** @enum {string} */
                        platform?: "windows" | "linux" | "macos" | "android" | "ios";
                        /** @enum {string} */
                        arch?: "x64" | "x86" | "arm64" | "armv7" | "universal";
                        /** @description Of patches, and of hotfixes for one version */
                        from_version?: string;
                        /** @default omega */
                        software?: string;
                        channel?: string;
                        notes?: string;
                        /** @description The content of its `.sig` file, as Tauri's signer or minisign wrote it */
                        signature?: string;
                        /** @description Its Ed25519 signature in base64, as Sparkle's sign_update prints it */
                        ed_signature?: string;
                        /** @description What its system counts versions by: CFBundleVersion */
                        build_number?: string;
                        /** @description The oldest version of its system that it runs on */
                        min_os_version?: string;
                        /** @description What its installer is started with */
                        installer_args?: string;
                        /** @description Bytes of the block map that an AppImage ends with */
                        block_map_size?: number;
                        /** @description Whether it is installed for all users */
                        requires_admin?: boolean | ("true" | "1" | "yes" | "on" | "false" | "0" | "no" | "off");
                        /** @description Held until its release is published */
                        draft?: boolean | ("true" | "1" | "yes" | "on" | "false" | "0" | "no" | "off");
                        /** @description The version is given to a growing share of the devices; in a form as JSON */
                        rollout?: {
                            steps: {
                                /**
                                 * @description Of all devices, those of the steps before included
                                 * @example 5
                                 */
                                percent: number;
                                /**
                                 * @description How long the step lasts at least
                                 * @default 24
                                 */
                                min_hours?: number;
                                /**
                                 * @description How many devices have to have reported before the next step
                                 * @default 0
                                 */
                                min_reports?: number;
                            }[];
                            /**
                             * @default {
                             *       "max_failure_rate": 2,
                             *       "min_reports": 50,
                             *       "on_failure": "pause"
                             *     }
                             */
                            policy?: {
                                /**
                                 * @description Percent of the devices that reported
                                 * @default 2
                                 */
                                max_failure_rate?: number;
                                /**
                                 * @description Fewer reports than these stop nothing
                                 * @default 50
                                 */
                                min_reports?: number;
                                /**
                                 * @default pause
                                 * @enum {string}
                                 */
                                on_failure?: "pause" | "roll_back" | "notify";
                            };
                        };
                    };
                } | {
                    /** @constant */
                    kind: "companion";
                    /** @example build.zip */
                    filename: string;
                    /** @description Bytes */
                    size: number;
                    /** @description Bytes of a part, where small ones are wanted: what is larger is sent in parts. Parts are a multiple of it where there would be more than 10,000 */
                    part_size?: number;
                    /** @description Without it here, `complete` has to bring it */
                    sha256?: string;
                    md5?: string;
                    content_type?: string;
                    companion: {
                        /** @enum {string} */
                        role: "blockmap" | "zsync";
                        /** @description Of a published package */
                        package_id?: number;
                        /** @description Of the package that this upload brings, held for a release or published */
                        upload_id?: string;
                    };
                } | {
                    /** @constant */
                    kind: "plugin";
                    /** @example build.zip */
                    filename: string;
                    /** @description Bytes */
                    size: number;
                    /** @description Bytes of a part, where small ones are wanted: what is larger is sent in parts. Parts are a multiple of it where there would be more than 10,000 */
                    part_size?: number;
                    /** @description Without it here, `complete` has to bring it */
                    sha256?: string;
                    md5?: string;
                    content_type?: string;
                    plugin: {
                        plugin_key: string;
                        name?: string;
                        /** @example 1.2.0 */
                        version?: string;
                        /** @description Where the server asks for one */
                        upload_secret?: string;
                    };
                } | {
                    /** @constant */
                    kind: "backup";
                    /** @example build.zip */
                    filename: string;
                    /** @description Bytes */
                    size: number;
                    /** @description Bytes of a part, where small ones are wanted: what is larger is sent in parts. Parts are a multiple of it where there would be more than 10,000 */
                    part_size?: number;
                    /** @description Without it here, `complete` has to bring it */
                    sha256?: string;
                    md5?: string;
                    content_type?: string;
                    backup: {
                        user_key: string;
                        /** @enum {string} */
                        backup_type: "program" | "plugin";
                        /** @default  */
                        plugin_name?: string;
                        /** @default  */
                        description?: string;
                    };
                } | {
                    /** @constant */
                    kind: "input";
                    /** @example build.zip */
                    filename: string;
                    /** @description Bytes */
                    size: number;
                    /** @description Bytes of a part, where small ones are wanted: what is larger is sent in parts. Parts are a multiple of it where there would be more than 10,000 */
                    part_size?: number;
                    /** @description Without it here, `complete` has to bring it */
                    sha256?: string;
                    md5?: string;
                    content_type?: string;
                } | {
                    /** @constant */
                    kind: "output";
                    /** @example build.zip */
                    filename: string;
                    /** @description Bytes */
                    size: number;
                    /** @description Bytes of a part, where small ones are wanted: what is larger is sent in parts. Parts are a multiple of it where there would be more than 10,000 */
                    part_size?: number;
                    /** @description Without it here, `complete` has to bring it */
                    sha256?: string;
                    md5?: string;
                    content_type?: string;
                    output: {
                        agent_token: string;
                        task_id: string;
                        attempt: number;
                    };
                };
            };
        };
        responses: {
            /** @description These bytes are published there already, or held for the same release: nothing is to be sent, and nothing was counted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description Send the parts */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description `VALIDATION_ERROR`, `MISSING_PARAMETER`, `INVALID_VERSION`, `INVALID_FILE_NAME`, `UNSUPPORTED_FILE_TYPE`, `EMPTY_FILE` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY`, `INVALID_TOKEN`, `INVALID_AGENT_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `WRONG_PLUGIN_KEY`, `WRONG_UPLOAD_SECRET` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PACKAGE_NOT_FOUND`, `TASK_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ROLLOUT_DIFFERS`, `ROLLOUT_LATE`, `PACKAGE_EXISTS`, `COMPANION_EXISTS`, `PLUGIN_VERSION_EXISTS`, `BACKUP_LIMIT_EXCEEDED`, `STALE_ATTEMPT`, `TASK_OUTPUT_EXISTS`, `IDEMPOTENCY_CONFLICT` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE`, `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`, `TOO_MANY_UPLOADS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_STORAGE`, `BACKUP_QUOTA_EXCEEDED`, `INPUT_QUOTA_EXCEEDED` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadStatus"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_UPLOAD_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UPLOAD_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadStatus"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_UPLOAD_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FROM_CONSOLE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UPLOAD_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UPLOAD_STATE_CONFLICT` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUploadComplete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of a multipart upload: every part's ETag as its PUT answered it */
                    parts?: {
                        part_number: number;
                        etag: string;
                        /** @description Of a part that was sent with it as its Content-Digest */
                        sha256?: string;
                    }[];
                    /** @description Of all bytes; needed where the upload was begun without, unless every part says its own, else the same once more */
                    sha256?: string;
                };
            };
        };
        responses: {
            /** @description Published, or verified and held for its release */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadStatus"];
                };
            };
            /** @description Being verified */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadStatus"];
                };
            };
            /** @description `VALIDATION_ERROR`, `MISSING_PARAMETER`, `INVALID_PLUGIN` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_UPLOAD_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FROM_CONSOLE`, `WRONG_PLUGIN_KEY` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UPLOAD_NOT_FOUND`, `PACKAGE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UPLOAD_INCOMPLETE`, `UPLOAD_STATE_CONFLICT`, `CHECKSUM_CONFLICT`, `SOFTWARE_DELETED`, `PACKAGE_EXISTS`, `ROLLOUT_LATE`, `ROLLOUT_DIFFERS`, `COMPANION_EXISTS`, `PLUGIN_DELETED`, `PLUGIN_EXISTS`, `PLUGIN_VERSION_EXISTS`, `BACKUP_LIMIT_EXCEEDED`, `STALE_ATTEMPT`, `TASK_OUTPUT_EXISTS` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UPLOAD_EXPIRED` */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `CHECKSUM_MISMATCH`, `SIZE_MISMATCH`, `INVALID_BLOCKMAP`, `INVALID_ZSYNC`, `COMPANION_MISMATCH` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `BACKUP_QUOTA_EXCEEDED`, `INPUT_QUOTA_EXCEEDED` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUploadParts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    part_numbers: number[];
                };
            };
        };
        responses: {
            /** @description The parts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        parts: components["schemas"]["SignedPart"][];
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_UPLOAD_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FROM_CONSOLE` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UPLOAD_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UPLOAD_STATE_CONFLICT` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UPLOAD_EXPIRED` */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSignedInUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicUser"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInError"];
                };
            };
        };
    };
    getVersionCheck: {
        parameters: {
            query: {
                platform?: "windows" | "linux" | "macos" | "android" | "ios";
                arch?: "x64" | "x86" | "arm64" | "armv7" | "universal";
                /** @description Slug or akey */
                software?: string;
                current_version: string;
                /** @description stable, beta, ... */
                channel?: string;
                /** @description zip, exe, deb, ...: only packages of this format */
                format?: string;
                /** @description `true`: from a client that takes several packages one after another */
                plans?: "true" | "false";
                /** @description An id that the device chose and keeps, such as a UUID: it decides which rollouts it is in */
                device_id?: string;
                /** @description `true`: a person asked, so rollouts that go on count as out for everybody */
                force?: "true" | "false";
            };
            header?: {
                /** @description In place of `device_id` */
                "x-device-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The update, or that there is none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionCheck"];
                };
            };
            /** @description As before */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_ERROR`, `INVALID_VERSION` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `VERSION_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `DEVICE_ID_TOO_LONG` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those that the key may see, at most 50 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Webhook"][];
                    };
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description https with a public name, unless this server allows others; redirects are not followed
                     * @example https://hooks.example.com/slipway
                     */
                    url: string;
                    /**
                     * @description For people
                     * @default
                     */
                    description?: string;
                    /** @description All without it, also those that come later */
                    events?: ("package.published" | "package.yanked" | "release.published" | "rollout.raised" | "rollout.paused" | "rollout.rolled_back" | "rollout.completed" | "rollout.failing" | "plugin.published" | "task.completed" | "task.failed" | "task.cancelled" | "storage.threshold" | "ledger.mismatch" | "agent.offline")[];
                    /** @description Slugs or akeys of the software that it is limited to; without it, what the key is limited to */
                    software?: string[];
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhook"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SOFTWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `TOO_MANY_WEBHOOKS` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `WEBHOOK_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `WEBHOOK_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description https with a public name, unless this server allows others; redirects are not followed
                     * @example https://hooks.example.com/slipway
                     */
                    url?: string;
                    /** @description For people */
                    description?: string;
                    /** @description Null for all */
                    events?: ("package.published" | "package.yanked" | "release.published" | "rollout.raised" | "rollout.paused" | "rollout.rolled_back" | "rollout.completed" | "rollout.failing" | "plugin.published" | "task.completed" | "task.failed" | "task.cancelled" | "storage.threshold" | "ledger.mismatch" | "agent.offline")[] | null;
                    /** @description Null for events of every kind */
                    software?: string[] | null;
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `WEBHOOK_NOT_FOUND`, `SOFTWARE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhookDeliveries: {
        parameters: {
            query?: {
                state?: "pending" | "delivered" | "failed";
                limit?: number;
                /** @description `next` of the page before */
                before?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WebhookDelivery"][];
                        /** @description `before` of the next page; null after the last */
                        next: string | null;
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `WEBHOOK_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was sent, and what came back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryDetails"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `WEBHOOK_NOT_FOUND`, `DELIVERY_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postWebhookDeliveryResend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `WEBHOOK_NOT_FOUND`, `DELIVERY_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postWebhookRotateSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description What messages are signed with: HMAC-SHA256, as Standard Webhooks has it */
                        secret: string;
                        /** Format: date-time */
                        previous_secret_until: string;
                    };
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `WEBHOOK_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postWebhookTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its delivery */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `WEBHOOK_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                vkey: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example v2.1-beta */
                    version?: string;
                    description?: string;
                    is_latest?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareDone"];
                };
            };
            /** @description `VALIDATION_ERROR`, `VERSION_EXISTS`, `VERSION_IN_USE`, `VERSION_WITHDRAWN` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `VKEY_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `FILE_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
        };
    };
    deleteVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                vkey: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareDone"];
                };
            };
            /** @description `INVALID_TOKEN` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `VKEY_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareError"];
                };
            };
        };
    };
    getDownload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                package_type: "full" | "patches" | "hotfixes";
                version: string;
                filename: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description HEAD only: `Content-Length`, `Content-Type`, `X-Checksum-SHA256` (hex) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description To the file, good for at least three hours; for 15 minutes at most where the software is private */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PACKAGE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getFeedAutoupdater: {
        parameters: {
            query?: {
                channel?: string;
                /** @description An id that the device chose and keeps, such as a UUID: it decides which rollouts it is in */
                device_id?: string;
                /** @description `true`: a person asked, so rollouts that go on count as out for everybody */
                force?: "true" | "false";
                /** @description The app's own version: the feed then names no older one, unless it was rolled back */
                current_version?: string;
            };
            header?: {
                /** @description In place of `device_id` */
                "x-device-id"?: string;
                /** @description In place of `current_version`, for what is rolled out */
                "x-current-version"?: string;
            };
            path: {
                /** @description Slug or akey */
                software: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": string;
                };
            };
            /** @description Several ranges of a file, as multipart/byteranges */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description To the file */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description As before */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FEED_EMPTY`, `FEED_NOT_FOUND`, `PACKAGE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getFeedElectron: {
        parameters: {
            query?: {
                /** @description An id that the device chose and keeps, such as a UUID: it decides which rollouts it is in */
                device_id?: string;
                /** @description `true`: a person asked, so rollouts that go on count as out for everybody */
                force?: "true" | "false";
                /** @description The app's own version: the feed then names no older one, unless it was rolled back */
                current_version?: string;
            };
            header?: {
                /** @description In place of `device_id` */
                "x-device-id"?: string;
                /** @description In place of `current_version`, for what is rolled out */
                "x-current-version"?: string;
                /** @description electron-updater's own id of the device: in place of `device_id` */
                "x-user-staging-id"?: string;
            };
            path: {
                /** @description Slug or akey */
                software: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/yaml": string;
                };
            };
            /** @description Several ranges of a file, as multipart/byteranges */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description To the file */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description As before */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FEED_EMPTY`, `FEED_NOT_FOUND`, `PACKAGE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getFeedFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or akey */
                software: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/metalink4+xml": string;
                };
            };
            /** @description Several ranges of a file, as multipart/byteranges */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description To the file */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description As before */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FEED_EMPTY`, `FEED_NOT_FOUND`, `PACKAGE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getReleaseNotes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Slug or akey */
                software: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The notes, else the description */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/markdown": string;
                };
            };
            /** @description As before */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RELEASE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getFeedSparkle: {
        parameters: {
            query?: {
                channel?: string;
                /** @description An id that the device chose and keeps, such as a UUID: it decides which rollouts it is in */
                device_id?: string;
                /** @description `true`: a person asked, so rollouts that go on count as out for everybody */
                force?: "true" | "false";
                /** @description The app's own version: the feed then names no older one, unless it was rolled back */
                current_version?: string;
            };
            header?: {
                /** @description In place of `device_id` */
                "x-device-id"?: string;
                /** @description In place of `current_version`, for what is rolled out */
                "x-current-version"?: string;
            };
            path: {
                /** @description Slug or akey */
                software: string;
                target: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": string;
                };
            };
            /** @description Several ranges of a file, as multipart/byteranges */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description To the file */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description As before */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FEED_EMPTY`, `FEED_NOT_FOUND`, `PACKAGE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getFeedSquirrel: {
        parameters: {
            query?: {
                channel?: string;
                /** @description Told by Squirrel.Windows: it gets deltas from there */
                localVersion?: string;
                /** @description An id that the device chose and keeps, such as a UUID: it decides which rollouts it is in */
                device_id?: string;
                /** @description `true`: a person asked, so rollouts that go on count as out for everybody */
                force?: "true" | "false";
                /** @description The app's own version: the feed then names no older one, unless it was rolled back */
                current_version?: string;
            };
            header?: {
                /** @description In place of `device_id` */
                "x-device-id"?: string;
                /** @description In place of `current_version`, for what is rolled out */
                "x-current-version"?: string;
            };
            path: {
                /** @description Slug or akey */
                software: string;
                target: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Nothing newer */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Several ranges of a file, as multipart/byteranges */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description To the file */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description As before */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FEED_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getFeedTauri: {
        parameters: {
            query?: {
                channel?: string;
                /** @description An id that the device chose and keeps, such as a UUID: it decides which rollouts it is in */
                device_id?: string;
                /** @description `true`: a person asked, so rollouts that go on count as out for everybody */
                force?: "true" | "false";
                /** @description The app's own version: the feed then names no older one, unless it was rolled back */
                current_version?: string;
            };
            header?: {
                /** @description In place of `device_id` */
                "x-device-id"?: string;
                /** @description In place of `current_version`, for what is rolled out */
                "x-current-version"?: string;
            };
            path: {
                /** @description Slug or akey */
                software: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Nothing newer */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Several ranges of a file, as multipart/byteranges */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description To the file */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description As before */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FEED_EMPTY`, `FEED_NOT_FOUND`, `PACKAGE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getTauriUpdate: {
        parameters: {
            query?: {
                channel?: string;
                bundle_type?: string;
                /** @description An id that the device chose and keeps, such as a UUID: it decides which rollouts it is in */
                device_id?: string;
                /** @description `true`: a person asked, so rollouts that go on count as out for everybody */
                force?: "true" | "false";
            };
            header?: {
                /** @description In place of `device_id` */
                "x-device-id"?: string;
            };
            path: {
                /** @description Slug or akey */
                software: string;
                target: string;
                arch: string;
                current_version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Nothing newer */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description As before */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FEED_EMPTY`, `FEED_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getFeedVelopack: {
        parameters: {
            query?: {
                localVersion?: string;
                /** @description The app's own name of its package */
                id?: string;
                /** @description Velopack's own id of the device: in place of `device_id` */
                stagingId?: string;
                /** @description An id that the device chose and keeps, such as a UUID: it decides which rollouts it is in */
                device_id?: string;
                /** @description `true`: a person asked, so rollouts that go on count as out for everybody */
                force?: "true" | "false";
                /** @description The app's own version: the feed then names no older one, unless it was rolled back */
                current_version?: string;
            };
            header?: {
                /** @description In place of `device_id` */
                "x-device-id"?: string;
                /** @description In place of `current_version`, for what is rolled out */
                "x-current-version"?: string;
            };
            path: {
                /** @description Slug or akey */
                software: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Several ranges of a file, as multipart/byteranges */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description To the file */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description As before */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FEED_EMPTY`, `FEED_NOT_FOUND`, `PACKAGE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getFeedZsync: {
        parameters: {
            query?: {
                channel?: string;
                /** @description An id that the device chose and keeps, such as a UUID: it decides which rollouts it is in */
                device_id?: string;
                /** @description `true`: a person asked, so rollouts that go on count as out for everybody */
                force?: "true" | "false";
                /** @description The app's own version: the feed then names no older one, unless it was rolled back */
                current_version?: string;
            };
            header?: {
                /** @description In place of `device_id` */
                "x-device-id"?: string;
                /** @description In place of `current_version`, for what is rolled out */
                "x-current-version"?: string;
            };
            path: {
                /** @description Slug or akey */
                software: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description Several ranges of a file, as multipart/byteranges */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description To the file */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description As before */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FEED_EMPTY`, `FEED_NOT_FOUND`, `PACKAGE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: {
                deep?: "0" | "1";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Healthy, or degraded: it serves, and `problems` says what will not go on well */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description `VALIDATION_ERROR` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Unhealthy: something that it needs to serve does not work */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus' text form, version 0.0.4 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `INVALID_API_KEY` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INSUFFICIENT_SCOPE`, `ACCESS_DENIED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `INTERNAL_ERROR`, `STORAGE_MISCONFIGURED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    on_package_published: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "package.published";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: components["schemas"]["PackageEvent"];
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_package_yanked: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "package.yanked";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: components["schemas"]["PackageEvent"];
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_release_published: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "release.published";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: {
                        /** @description The slug */
                        software: string;
                        version: string;
                        channel: string;
                        is_critical: boolean;
                        packages: {
                            package_id: number;
                            file_name: string;
                            /** @enum {string} */
                            platform: "windows" | "linux" | "macos" | "android" | "ios";
                            /** @enum {string} */
                            arch: "x64" | "x86" | "arm64" | "armv7" | "universal";
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_rollout_raised: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "rollout.raised";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: components["schemas"]["RolloutEvent"];
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_rollout_paused: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "rollout.paused";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: components["schemas"]["RolloutEvent"];
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_rollout_rolled_back: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "rollout.rolled_back";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: components["schemas"]["RolloutEvent"];
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_rollout_completed: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "rollout.completed";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: components["schemas"]["RolloutEvent"];
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_rollout_failing: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "rollout.failing";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: components["schemas"]["RolloutEvent"];
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_plugin_published: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "plugin.published";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: {
                        plugin: string;
                        version: string;
                        file_name: string;
                        /** @description Bytes */
                        file_size: number;
                        sha256: string;
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_task_completed: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "task.completed";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: components["schemas"]["TaskEvent"];
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_task_failed: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "task.failed";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: components["schemas"]["TaskEvent"];
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_task_cancelled: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "task.cancelled";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: components["schemas"]["TaskEvent"];
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_storage_threshold: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "storage.threshold";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: {
                        /** @description The share of the quota that is used up now: 80 or 95 */
                        percent: number;
                        used_bytes: number;
                        quota_bytes: number;
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_ledger_mismatch: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "ledger.mismatch";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: {
                        problems: {
                            rule: string;
                            subject: string;
                            expected: number | null;
                            found: number | null;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_agent_offline: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "agent.offline";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: {
                        server_id: string;
                        name: string;
                        /** Format: date-time */
                        last_seen_at: string;
                        /** @description Tasks that it had; others get them when their leases end */
                        running_tasks: number;
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_webhook_test: {
        parameters: {
            query?: never;
            header: {
                /** @description The same for each attempt of a message */
                "webhook-id": string;
                /** @description When it was sent: seconds since 1970 */
                "webhook-timestamp": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several between blanks */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "webhook.test";
                    /**
                     * Format: date-time
                     * @description When it happened
                     */
                    timestamp: string;
                    data: {
                        webhook_id: string;
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx: the message was taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
