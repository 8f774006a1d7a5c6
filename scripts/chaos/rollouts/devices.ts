import { ask, isTransient } from "../request.ts";
import type { Answer } from "../request.ts";
import { DEVICES, STEPS } from "./world.ts";
import type { RolloutsWorld, Title } from "./world.ts";
import { count, pause, violation } from "../world.ts";

/** Devices that say something at the same moment. */
const AT_ONCE = 4;
const RETRY_MS = 100;
/** The share of titles whose version crashes. */
const BROKEN = 0.4;

/**
 * Publishes one title after another, rolls each out, and has all of its devices say what they must until that is accepted. A
 * title that was begun is ended, also when the run is over.
 */
export async function rollOut(world: RolloutsWorld, publisher: number): Promise<void> {
  for (let number = 1; !world.over.aborted; number++) {
    const title: Title = {
      software: `title-${publisher}-${number}`,
      verdict: world.random() < BROKEN ? "crashed" : "started",
    };
    await publish(world, title);
    await begin(world, title);
    world.titles.push(title);
    const devices = Array.from({ length: DEVICES }, (_, index) => index);
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let device = devices.pop(); device !== undefined; device = devices.pop())
          await say(world, title, device);
      }),
    );
    count(world, `titles whose devices all ${title.verdict}`);
  }
}

/** Sends one request again and again until it is answered for good. */
async function insist(
  world: RolloutsWorld,
  what: string,
  send: () => Promise<Answer | null>,
): Promise<Answer> {
  for (;;) {
    const answer = await send();
    if (!isTransient(answer)) return answer;
    count(world, `${what} sent again`);
    await pause(RETRY_MS);
  }
}

async function publish(world: RolloutsWorld, { software }: Title): Promise<void> {
  const answer = await insist(world, "packages", () => {
    const form = new FormData();
    const fields = { software, version: "1.0.0", package_type: "full", api_key: world.apiKey };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set("file", new Blob([software]), "app.zip");
    return ask(`${world.url}/api/v1/upload/package`, { method: "POST", body: form });
  });
  // After a lost answer the package may be there already.
  if (answer.status !== 200 && answer.status !== 409)
    violation(world, `a package of ${software} is answered ${answer.status}`);
}

async function begin(world: RolloutsWorld, { software }: Title): Promise<void> {
  const steps = STEPS.map((percent, step) => ({
    percent,
    min_hours: 0,
    min_reports: (DEVICES / STEPS.length) * (step + 1),
  }));
  const policy = { max_failure_rate: 20, min_reports: DEVICES / 2, on_failure: "pause" };
  const body = JSON.stringify({ software, version: "1.0.0", steps, policy });
  const headers = { "content-type": "application/json", "x-api-key": world.apiKey };
  const answer = await insist(world, "rollouts", () =>
    ask(`${world.url}/api/v1/rollouts`, { method: "POST", headers, body }),
  );
  if (answer.status !== 201 && answer.status !== 409)
    violation(world, `the rollout of ${software} is answered ${answer.status}`);
}

async function say(world: RolloutsWorld, { software, verdict }: Title, device: number): Promise<void> {
  const body = JSON.stringify({ software, version: "1.0.0", event: verdict, device_id: `device-${device}` });
  const headers = { "content-type": "application/json" };
  const answer = await insist(world, "signals", () =>
    ask(`${world.url}/api/v1/signals`, { method: "POST", headers, body }),
  );
  if (answer.status !== 202) violation(world, `a signal of ${software} is answered ${answer.status}`);
  count(world, "signals accepted");
}
