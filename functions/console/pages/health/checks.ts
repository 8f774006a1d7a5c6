import type { components } from "../../../../scripts/client/openapi.ts";

type Health = components["schemas"]["Health"];
type Name = keyof NonNullable<Health["checks"]>;
type Check = {
  name: Name;
  judged: "good" | "unknown" | "warning" | "error";
  /** What to do, in the server's words. */
  message: string | undefined;
};

const names: readonly Name[] = ["database", "bucket", "cron", "jobs", "quota", "durability", "clock"];

/** Every check with what was found; what could not be looked at, because the database is away, is unknown. */
export function checksOf({
  checks = { database: "unreachable", bucket: "unreachable" },
  problems = [],
}: Health) {
  return names.map((name): Check => {
    const problem = problems.find(({ check }) => check === name);
    if (problem) return { name, judged: problem.severity, message: problem.message };
    return { name, judged: checks[name] === "ok" ? "good" : "unknown", message: undefined };
  });
}
