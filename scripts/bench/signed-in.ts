import { signInAdministrator } from "./administrator.ts";
import { sharedWith, startBenchStack } from "./bench-stack.ts";
import type { Bench } from "./bench-stack.ts";
import { countRequests } from "./counting-proxy.ts";
import type { Figure } from "./figure.ts";

const ROUNDS = 5;

/** Database round trips of requests by a signed-in user: reading, changing and deleting. */
export async function measureSignedIn(bench: Bench): Promise<Figure[]> {
  const store = await startBenchStack(bench, "store");
  const proxy = await countRequests(store.settings.LIBSQL_URL ?? "");
  try {
    const slipway = await startBenchStack(bench, "slipway", { ...sharedWith(store), LIBSQL_URL: proxy.url });
    try {
      const send = await signInAdministrator(slipway);
      const trips = new Map<string, number[]>();
      const ask = async <T>(what: string, method: string, path: string, json?: unknown): Promise<T> => {
        const before = proxy.times().length;
        const data = await send<T>(method, path, json);
        trips.set(what, [...(trips.get(what) ?? []), proxy.times().length - before]);
        return data;
      };
      bench.say(`signed-in requests: ${ROUNDS} rounds`);
      for (let round = 0; round < ROUNDS; round++) {
        await ask("who am I", "GET", "/api/users/me");
        const json = { name: `measured ${round}` };
        const { akey } = await ask<{ akey: string }>("create software", "POST", "/api/software", json);
        const path = `/api/software/${akey}`;
        const version = { version: "1.0.0" };
        const { vkey } = await ask<{ vkey: string }>("create version", "POST", `${path}/versions`, version);
        await ask("list software", "GET", "/api/software");
        await ask("list versions", "GET", `${path}/versions`);
        await ask("update version", "PUT", `/api/versions/${vkey}`, { is_latest: true });
        await ask("delete version", "DELETE", `/api/versions/${vkey}`);
        await ask("delete software", "DELETE", path);
      }
      const all = [...trips.values()].flat();
      return [
        {
          what: "signed-in request: database round trips",
          target: "at most 2",
          unit: "queries",
          rounds: all,
          met: Math.max(...all) <= 2,
          notes: [[...trips].map(([what, counts]) => `${what}: ${Math.max(...counts)}`).join(", ")],
        },
      ];
    } finally {
      await slipway.stop();
    }
  } finally {
    await proxy.stop();
    await store.stop();
  }
}
