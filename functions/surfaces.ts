// Imported first, because the routes read the definitions of their errors while they load.
import "./declarations.ts";
import {
  accessTokenRoutes,
  accountRoutes,
  administratorRoutes,
  apiKeyRoutes,
  describeNameLooks,
  ensureFirstAdministrator,
  expireOrigins,
  expireSessions,
  expireSignInAttempts,
  registerUserFigures,
  sessionRoutes,
  type UserFigures,
} from "./accounts/index.ts";
import { adminRoutes } from "./admin/index.ts";
import { backupPublisher, backupRoutes, ownBackupRoutes } from "./backups/index.ts";
import {
  balanceOfUser,
  billingMetrics,
  billingRoutes,
  moneyRecordRoutes,
  registerBilledTasks,
  watchLedger,
  type BilledTasks,
} from "./billing/index.ts";
import { catalogueRoutes } from "./catalogue/index.ts";
import {
  billedTasks,
  computeMetrics,
  computeRoutes,
  deleteTaskLogs,
  expireInputs,
  flushOutputDownloads,
  inputPublisher,
  outputPublisher,
  sweepOutputs,
  tickCompute,
  userTaskFigures,
} from "./compute/index.ts";
import type { Ctx } from "./core/context.ts";
import {
  accountEnvelope,
  codeEnvelope,
  detailEnvelope,
  fastApiEnvelope,
  resultEnvelope,
  signInEnvelope,
  taskEnvelope,
  type Envelope,
} from "./core/http/envelopes.ts";
import type { Router } from "./core/http/router.ts";
import type { Job } from "./core/jobs.ts";
import type { RoomMetrics } from "./core/metrics.ts";
import { downloadMetrics } from "./downloads/metrics.ts";
import { feedRoutes, flushFeedDownloads } from "./feeds/index.ts";
import { archiveLogs, logRoutes, registerTaskLogDeletion, type DeleteLines } from "./logs/index.ts";
import {
  cleanUpWhenFull,
  companionPublisher,
  packageDownloads,
  packageMetrics,
  packagePublisher,
  packageRoutes,
  storageRoutes,
} from "./packages/index.ts";
import { pluginDownloads, pluginPublisher, pluginRoutes } from "./plugins/index.ts";
import {
  flushStatistics,
  pruneStatistics,
  rolloutMetrics,
  rolloutRoutes,
  statisticsMetrics,
  steerRollouts,
} from "./rollouts/index.ts";
import { registerMetrics, serviceMetrics, serviceRoutes } from "./service/index.ts";
import { publisherRoutes, softwareRoutes } from "./software/index.ts";
import { updateRoutes } from "./updates/index.ts";
import {
  collectGarbage,
  expireUploads,
  reconcileObjects,
  reconcileTotals,
  registerPublishers,
  sweepOrphanedStaging,
  sweepStaging,
  takeFurtherDigests,
  uploadMetrics,
  uploadRoutes,
  verifyUploads,
  watchQuota,
} from "./uploads/index.ts";
import type { Publisher } from "./uploads/publisher.ts";
import { deliverDue, expireDeliveries, webhookMetrics, webhookRoutes } from "./webhooks/index.ts";

type Named<T> = Readonly<Record<string, T>>;

/** One part of the HTTP interface. A folder has several where its endpoints answer errors in different forms. */
export type Surface = {
  /** Below functions/. */
  folder: string;
  /** The beginnings of its endpoints' paths. */
  prefixes: readonly string[];
  /** The form in which its clients read errors, including that of a path that does not exist. */
  envelope: Envelope;
  routes: () => Router;
  /** The sections of the description that its endpoints are listed in. */
  tags?: readonly { name: string; description: string }[];
  /** Kinds of upload. */
  publishers?: Named<Publisher>;
  /** What it knows of a user, for the rooms that show users. */
  userFigures?: Partial<UserFigures>;
  /** What it knows of the whole deployment, for `GET /metrics`. */
  metrics?: Named<RoomMetrics>;
  /** The tasks that the ledger bills. */
  billedTasks?: BilledTasks;
  /** Deletes log lines that have been copied to the bucket. */
  deleteTaskLogs?: DeleteLines;
  /** Writes the sums that this isolate holds in memory: at each tick, and before the isolate ends. */
  memory?: Named<(ctx: Ctx) => Promise<void>>;
  /** Runs each minute without a lease, so it may overlap with itself. */
  beside?: Named<(ctx: Ctx) => Promise<unknown>>;
  /** Jobs by name; only one run of each at a time. */
  jobs?: { everyMinute?: Named<Job>; everyTenMinutes?: Named<Job>; daily?: Named<Job> };
};

/**
 * Everything that this server offers, in the order of the description's sections. A path belongs to the surface with the
 * longest prefix that fits it; that surface also answers for what does not exist.
 */
export const surfaces: readonly Surface[] = [
  {
    folder: "updates",
    prefixes: ["/api/v1/version"],
    envelope: detailEnvelope,
    routes: updateRoutes,
    tags: [{ name: "Updates", description: "What a client asks: is there something newer for me?" }],
  },
  {
    folder: "feeds",
    prefixes: ["/feeds", "/api/v1/feeds"],
    envelope: detailEnvelope,
    routes: feedRoutes,
    tags: [
      {
        name: "Feeds",
        description: "The newest releases as existing update clients read them: they change one address.",
      },
    ],
    memory: { feeds: flushFeedDownloads },
  },
  {
    folder: "packages",
    prefixes: ["/downloads", "/api/v1/packages", "/api/v1/releases", "/api/v1/upload"],
    envelope: detailEnvelope,
    routes: packageRoutes,
    tags: [
      { name: "Downloads", description: "Redirects to signed URLs; the bytes come from the bucket." },
      {
        name: "Packages",
        description: "What is published: full packages, patches from one version, and hotfixes of a version.",
      },
      {
        name: "Releases",
        description:
          "A version with all its files: held until all of them are verified, then visible at the same moment.",
      },
    ],
    publishers: { package: packagePublisher, companion: companionPublisher },
    memory: { downloads: packageDownloads.flush },
    metrics: { packages: packageMetrics, downloads: downloadMetrics },
    jobs: { everyTenMinutes: { cleanup: cleanUpWhenFull } },
  },
  {
    folder: "rollouts",
    prefixes: ["/api/v1/rollouts", "/api/v1/signals", "/api/v1/statistics"],
    envelope: detailEnvelope,
    routes: rolloutRoutes,
    tags: [
      {
        name: "Rollouts",
        description:
          "Versions that are given to a growing share of the devices, by what the devices say of them; they go on and stop by themselves.",
      },
      { name: "Statistics", description: "Which versions are in use, and what happened each day." },
    ],
    memory: { statistics: flushStatistics },
    metrics: { rollouts: rolloutMetrics, statistics: statisticsMetrics },
    jobs: {
      everyMinute: { "steer-rollouts": steerRollouts },
      daily: { "prune-statistics": pruneStatistics },
    },
  },
  {
    folder: "uploads",
    prefixes: ["/api/v1/uploads"],
    envelope: detailEnvelope,
    routes: uploadRoutes,
    tags: [
      {
        name: "Signed uploads",
        description:
          "The road for files of any size: declare the file, PUT it to the signed URLs, complete. Nothing is published before its SHA-256 equals the declared one.",
      },
    ],
    metrics: { uploads: uploadMetrics },
    // Every upload has a lease of its own, so no run of this job has to wait for another.
    beside: { "verify-uploads": verifyUploads, "watch-quota": watchQuota },
    jobs: {
      everyMinute: { "further-digests": takeFurtherDigests },
      everyTenMinutes: {
        "expire-uploads": expireUploads,
        "sweep-staging": sweepStaging,
        "collect-garbage": collectGarbage,
      },
      daily: {
        "reconcile-totals": reconcileTotals,
        "reconcile-objects": reconcileObjects,
        "sweep-orphaned-staging": sweepOrphanedStaging,
      },
    },
  },
  {
    folder: "software",
    prefixes: ["/api/software", "/api/versions", "/api/check"],
    envelope: codeEnvelope,
    routes: softwareRoutes,
    tags: [
      {
        name: "Software keys",
        description:
          "Software and its versions, each with a key of its own, and what a client asks with its pair of keys. The same software and versions as the packages have.",
      },
    ],
  },
  {
    folder: "software",
    prefixes: ["/api/v1/software"],
    envelope: detailEnvelope,
    routes: publisherRoutes,
  },
  {
    folder: "catalogue",
    prefixes: ["/api/v1/appwares"],
    envelope: fastApiEnvelope,
    routes: catalogueRoutes,
    tags: [
      {
        name: "Catalogue",
        description:
          "Application records, which may lead to a software. Errors are FastAPI's: `detail` alone.",
      },
    ],
  },
  {
    folder: "plugins",
    prefixes: ["/api/plugins"],
    envelope: resultEnvelope,
    routes: pluginRoutes,
    tags: [
      {
        name: "Plugins",
        description:
          "ZIP archives with a `plugin.json` that says what they are. The first upload of a name binds it to its plugin key.",
      },
    ],
    publishers: { plugin: pluginPublisher },
    memory: { "plugin downloads": pluginDownloads.flush },
  },
  {
    folder: "backups",
    prefixes: ["/api/backups"],
    envelope: resultEnvelope,
    routes: backupRoutes,
    tags: [
      {
        name: "Backups",
        description:
          "Files that users keep here under a key of their own choice: whoever knows the key has the backups.",
      },
    ],
    publishers: { backup: backupPublisher },
  },
  {
    folder: "backups",
    prefixes: ["/api/v1/backups"],
    envelope: detailEnvelope,
    routes: ownBackupRoutes,
  },
  {
    folder: "compute",
    prefixes: ["/api/tasks", "/api/gpu", "/api/logs/tasks"],
    envelope: taskEnvelope,
    routes: computeRoutes,
    tags: [
      {
        name: "Tasks",
        description:
          "Work for GPU servers: the highest priority first, then the oldest. Files for tasks are signed uploads of the kind `input`.",
      },
      {
        name: "GPU servers",
        description:
          "Machines that run tasks, as their agents report them. Administrators register them; each has a token of its own.",
      },
      {
        name: "Agents",
        description:
          "What an agent calls with its token: heartbeats that bring tasks, and events that report them. An agent with an address is called besides: `GET {agent_url}/status`, `POST {agent_url}/tasks` and `POST {agent_url}/tasks/{task_id}/cancel`, with the same token.",
      },
    ],
    publishers: { input: inputPublisher, output: outputPublisher },
    userFigures: userTaskFigures,
    metrics: { compute: computeMetrics },
    billedTasks,
    deleteTaskLogs,
    memory: { "output downloads": flushOutputDownloads },
    beside: { compute: tickCompute },
    jobs: {
      everyTenMinutes: { "expire-inputs": expireInputs },
      daily: { "sweep-outputs": sweepOutputs },
    },
  },
  {
    folder: "billing",
    prefixes: ["/api/recharge", "/api/users/stats", "/api/admin/ledger"],
    envelope: taskEnvelope,
    routes: billingRoutes,
    tags: [
      {
        name: "Recharge",
        description:
          "Codes that add to a balance, and the ledger that every balance is the sum of. Amounts have at most two decimals.",
      },
    ],
    userFigures: { balance: balanceOfUser },
    metrics: { billing: billingMetrics },
    jobs: { daily: { "check-ledger": watchLedger } },
  },
  {
    folder: "billing",
    prefixes: ["/api/v1/money-records"],
    envelope: detailEnvelope,
    routes: moneyRecordRoutes,
  },
  {
    folder: "packages",
    prefixes: ["/api/v1/storage"],
    envelope: detailEnvelope,
    routes: storageRoutes,
    tags: [{ name: "Storage", description: "How full the quota is, and cleanup by hand." }],
  },
  {
    folder: "accounts",
    prefixes: ["/api/auth", "/api/users"],
    envelope: accountEnvelope,
    routes: accountRoutes,
    tags: [
      {
        name: "Accounts",
        description:
          "One kind of account for every surface: registering, signing in, and the signed-in user.",
      },
    ],
    beside: { "first-administrator": (ctx) => ensureFirstAdministrator(ctx) },
    jobs: {
      everyTenMinutes: {
        "expire-sessions": expireSessions,
        "expire-attempts": expireSignInAttempts,
        "name-looks": describeNameLooks,
      },
      daily: { "expire-origins": expireOrigins },
    },
  },
  {
    folder: "accounts",
    prefixes: ["/api/admin/login", "/api/admin/password"],
    envelope: codeEnvelope,
    routes: administratorRoutes,
  },
  {
    folder: "accounts",
    prefixes: ["/api/v1/login", "/api/v1/users"],
    envelope: signInEnvelope,
    routes: accessTokenRoutes,
  },
  {
    folder: "admin",
    prefixes: ["/api/admin"],
    envelope: taskEnvelope,
    routes: adminRoutes,
    tags: [
      {
        name: "Administration",
        description: "For administrators: figures, users, and what may be set while the service runs.",
      },
    ],
  },
  {
    folder: "logs",
    prefixes: ["/api/logs"],
    envelope: taskEnvelope,
    routes: logRoutes,
    tags: [
      {
        name: "Logs",
        description: "What the service did and who changed what; older days as files from the bucket.",
      },
    ],
    jobs: { daily: { "archive-logs": archiveLogs } },
  },
  {
    folder: "accounts",
    prefixes: ["/api/v1/api-keys"],
    envelope: detailEnvelope,
    routes: apiKeyRoutes,
    tags: [
      {
        name: "API keys",
        description: "Several keys, each with scopes and an end, shown once and kept hashed.",
      },
    ],
  },
  {
    folder: "accounts",
    prefixes: ["/api/v1/session", "/api/v1/sessions"],
    envelope: detailEnvelope,
    routes: sessionRoutes,
    tags: [
      {
        name: "Console sessions",
        description:
          "How the web console signs in: with a cookie that no script can read, and that changes things from the console's own pages alone. Programs use tokens.",
      },
    ],
  },
  {
    folder: "webhooks",
    prefixes: ["/api/v1/webhooks"],
    envelope: detailEnvelope,
    routes: webhookRoutes,
    tags: [
      {
        name: "Webhooks",
        description:
          "Addresses that are told what happens here, by signed messages after Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature`, and a body of `type`, `timestamp` and `data`. Messages may come more than once and in any order.",
      },
    ],
    metrics: { webhooks: webhookMetrics },
    // Each delivery has a lease of its own.
    beside: { "deliver-webhooks": deliverDue },
    jobs: { everyTenMinutes: { "expire-deliveries": expireDeliveries } },
  },
  {
    folder: "service",
    prefixes: ["/", "/health", "/api/health", "/metrics"],
    envelope: detailEnvelope,
    routes: serviceRoutes,
    metrics: { service: serviceMetrics },
    tags: [{ name: "Service", description: "What this is and whether it works." }],
  },
];

for (const { publishers, userFigures, metrics, billedTasks, deleteTaskLogs } of surfaces) {
  registerPublishers(publishers ?? {});
  registerUserFigures(userFigures ?? {});
  registerMetrics(metrics ?? {});
  if (billedTasks) registerBilledTasks(billedTasks);
  if (deleteTaskLogs) registerTaskLogDeletion(deleteTaskLogs);
}

/**
 * The surface that a path belongs to: the one with the longest prefix that fits. All other paths belong to the service's
 * own.
 */
export function surfaceOf(path: string): Surface | undefined {
  const lengthIn = ({ prefixes }: Surface) =>
    Math.max(0, ...prefixes.filter((prefix) => isUnder(path, prefix)).map((prefix) => prefix.length));
  return surfaces.toSorted((a, b) => lengthIn(b) - lengthIn(a)).find((surface) => lengthIn(surface) > 0);
}

const isUnder = (path: string, prefix: string) =>
  prefix === "/" || path === prefix || path.startsWith(`${prefix}/`);
