import type { Stack } from "../stack/stack.ts";
import { startBenchStack } from "./bench-stack.ts";
import type { Bench } from "./bench-stack.ts";
import { atMost, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { seedAppWares } from "./seed-appwares.ts";

const FEW = 1_000;
const MANY = 100_000;
const ROUNDS = 7;
/** Requests for one list on one side in one round. */
const REQUESTS = 150;
const CONNECTIONS = 8;
const MOST = 1.5;

const lists: readonly [what: string, path: string][] = [
  ["list", ""],
  ["list, filtered", "?status=0&is_active=true"],
  ["list, popular", "/popular?limit=50"],
  ["list, mine", "/my"],
  ["list, all with deleted", "/admin/all?include_deleted=true"],
];
/** Reported without a target, because each record skipped costs one step in the index. */
const deepPath = `?skip=${MANY - MANY / 5}`;

/**
 * The catalogue's lists of 100 records with totals: the time of a list among 100,000 records divided by its time among
 * 1,000.
 */
export async function measureCatalogue(bench: Bench): Promise<Figure[]> {
  const few = await startBenchStack(bench, "few");
  try {
    const many = await startBenchStack(bench, "many");
    try {
      const sides = [await prepare(few, FEW), await prepare(many, MANY)] as const;
      const figures: Figure[] = [];
      for (const [what, path] of lists) {
        bench.say(`${what}: ${ROUNDS} rounds`);
        figures.push(await compareSides(what, path, sides));
      }
      const deep = await ask(sides[1], deepPath);
      const note = `a page behind ${MANY - MANY / 5} others takes ${short(deep)} ms`;
      figures[0]?.notes?.push(note);
      return figures;
    } finally {
      await many.stop();
    }
  } finally {
    await few.stop();
  }
}

type Side = { url: string; headers: Record<string, string> };

async function prepare(stack: Stack, count: number): Promise<Side> {
  const { ADMIN_USERNAME = "", ADMIN_PASSWORD = "" } = stack.settings;
  const body = new URLSearchParams({ username: ADMIN_USERNAME, password: ADMIN_PASSWORD });
  const answer = await fetch(`${stack.url}/api/v1/login/access-token`, { method: "POST", body });
  if (answer.status !== 200) throw new Error(`signing in: ${answer.status} ${await answer.text()}`);
  const { access_token } = (await answer.json()) as { access_token: string };
  await seedAppWares(stack, count);
  return { url: stack.url, headers: { authorization: `Bearer ${access_token}` } };
}

async function compareSides(what: string, path: string, [few, many]: readonly [Side, Side]): Promise<Figure> {
  const [ratios, ofFew, ofMany]: [number[], number[], number[]] = [[], [], []];
  await Promise.all([ask(few, path), ask(many, path)]);
  for (let round = 0; round < ROUNDS; round++) {
    const [a, b] = [await ask(few, path), await ask(many, path)];
    ofFew.push(a);
    ofMany.push(b);
    ratios.push(b / a);
  }
  const rates = `${short(median(ofFew))} ms among ${FEW} records, ${short(median(ofMany))} ms among ${MANY}`;
  return atMost(MOST, "x", `${what}: 100,000 records / 1,000`, ratios, [rates]);
}

/** The median time of one request in milliseconds, while several are under way. */
async function ask({ url, headers }: Side, path: string): Promise<number> {
  const times: number[] = [];
  let left = REQUESTS;
  const keepAsking = async () => {
    while (left-- > 0) {
      const startedAt = performance.now();
      const answer = await fetch(`${url}/api/v1/appwares${path}`, { headers });
      const text = await answer.text();
      times.push(performance.now() - startedAt);
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, keepAsking));
  return median(times);
}
