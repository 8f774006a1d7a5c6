import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { compareVersions, parseVersion } from "../../../functions/kit/versions.ts";
import { replaceDurably } from "./replace-durably.ts";

/** Versions that failed, of which the last ones are remembered. */
const MOST_FAILED = 100;
const PROGRAM = "slipway-agent.mjs";

/** A version that was fetched. `sha256` is that of its program. */
const fetched = z.object({ version: z.string(), sha256: z.string() });

const shape = z.object({
  /** By which the server counts this install. */
  device_id: z.string(),
  /** The version that the operator had installed when `current` was chosen. */
  own: z.string(),
  /** The version that has proved itself; null for the operator's own. */
  current: fetched.nullable(),
  /** The version that is being tried, and how often it was started. */
  trial: fetched.extend({ from: z.string(), starts: z.int(), reported: z.boolean() }).nullable(),
  /** Versions that are not tried again. */
  failed: z.array(z.string()),
});
type State = z.infer<typeof shape>;
export type Trial = NonNullable<State["trial"]>;

/** What to start: a program, and whether its version still has to prove itself. */
export type Chosen = { version: string; program: string; trial: Trial | undefined };

/** What the launcher knows, on the disk: it goes on from there, whenever it was killed. */
export type UpdateState = ReturnType<typeof openUpdateState>;

/** @param own the operator's program and its version */
export function openUpdateState(folder: string, own: { version: string; program: string }) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "state.json");
  const state: State = read(file) ?? {
    device_id: randomUUID(),
    own: own.version,
    current: null,
    trial: null,
    failed: [],
  };
  const save = () => replaceDurably(file, JSON.stringify(state));
  const programOf = (version: string) => join(folder, version, PROGRAM);
  const isWhole = ({ version, sha256 }: z.infer<typeof fetched>) => sha256Of(programOf(version)) === sha256;

  /** Whoever installs a newer version by hand wants that one. */
  function takeOwnIfNewer(): void {
    if (state.own === own.version) return;
    const [before, now] = [parseVersion(state.current?.version ?? ""), parseVersion(own.version)];
    if (!before || !now || compareVersions(now, before) >= 0) state.current = null;
    state.own = own.version;
    state.trial = null;
  }

  takeOwnIfNewer();
  save();

  return {
    deviceId: state.device_id,
    programOf,
    hasFailed: (version: string) => state.failed.includes(version),

    /** The version to start: the one on trial, the proven one, or the operator's own. Files that were changed are not run. */
    choose(): Chosen {
      const { trial } = state;
      if (trial) return { version: trial.version, program: programOf(trial.version), trial };
      if (state.current && !isWhole(state.current)) {
        state.current = null;
        save();
      }
      const { version } = state.current ?? own;
      return { version, program: state.current ? programOf(version) : own.program, trial: undefined };
    },

    isWhole,

    /** Puts a version whose program is on the disk on trial. */
    begin(version: string, sha256: string, from: string): void {
      state.trial = { version, sha256, from, starts: 0, reported: false };
      save();
    },
    /** Changes what is known of the trial. */
    note(changes: Partial<Pick<Trial, "starts" | "reported">>): void {
      if (state.trial) Object.assign(state.trial, changes);
      save();
    },
    /** The version on trial has proved itself; the files of all others go. */
    prove(): void {
      if (!state.trial) return;
      const { version, sha256 } = state.trial;
      Object.assign(state, { current: { version, sha256 }, trial: null });
      save();
      for (const entry of readdirSync(folder, { withFileTypes: true }))
        if (entry.isDirectory() && entry.name !== version)
          rmSync(join(folder, entry.name), { recursive: true, force: true });
    },
    /** A version is not tried again. Where it was on trial, the one before it is next. */
    fail(version: string): void {
      if (!state.failed.includes(version)) state.failed = [...state.failed, version].slice(-MOST_FAILED);
      if (state.trial?.version === version) state.trial = null;
      save();
    },
  };
}

function read(file: string): State | undefined {
  try {
    return shape.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

function sha256Of(file: string): string | undefined {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch {
    return undefined;
  }
}
