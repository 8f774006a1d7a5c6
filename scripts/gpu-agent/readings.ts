import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import si from "systeminformation";

const execute = promisify(execFile);

const GIB = 1024 ** 3;
/** nvidia-smi may hang on a broken driver so that not even SIGKILL ends it. */
const SMI_TIMEOUT_MS = 5_000;
/** Where nvidia-smi is missing or hangs, it is tried again after this long. */
const SMI_PAUSE_MS = 10 * 60_000;
/** Reading the sensors takes up to a second, and heartbeats may come faster than the readings change. */
const FRESH_MS = 3_000;

export type Gpu = {
  gpu_id: number;
  name: string;
  usage: number;
  memory_used: number;
  memory_total: number;
  temperature?: number;
};

/** Percent and GiB. */
export type Readings = {
  cpu_usage: number;
  memory_usage: number;
  total_memory: number;
  used_memory: number;
  gpus: Gpu[];
};

/**
 * Reads the machine's sensors. Only the first call waits for them. Later calls get the last readings; where those are older
 * than three seconds, the sensors are read anew meanwhile. Sensors that fail or hang are left out.
 */
export function createReadings(smi = "nvidia-smi"): () => Promise<Readings> {
  let known: Readings | undefined;
  let readAt = -Infinity;
  let reading: Promise<Readings> | undefined;
  let smiFrom = 0;

  async function gpus(): Promise<Gpu[]> {
    if (Date.now() < smiFrom) return [];
    const fields = "index,name,utilization.gpu,memory.used,memory.total,temperature.gpu";
    const query = execute(smi, [`--query-gpu=${fields}`, "--format=csv,noheader,nounits"], {
      timeout: SMI_TIMEOUT_MS,
      killSignal: "SIGKILL",
    });
    try {
      const answer = await Promise.race([query, sleep(2 * SMI_TIMEOUT_MS, undefined, { ref: false })]);
      if (!answer) smiFrom = Date.now() + SMI_PAUSE_MS;
      return answer ? readSmi(answer.stdout) : [];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") smiFrom = Date.now() + SMI_PAUSE_MS;
      return [];
    }
  }

  async function read(): Promise<Readings> {
    const [load, memory, found] = await Promise.all([
      si.currentLoad().catch(() => ({ currentLoad: 0 })),
      si.mem().catch(() => ({ total: 0, available: 0 })),
      gpus(),
    ]);
    const used = memory.total - memory.available;
    known = {
      cpu_usage: rounded(load.currentLoad),
      memory_usage: rounded(memory.total > 0 ? (used / memory.total) * 100 : 0),
      total_memory: rounded(memory.total / GIB),
      used_memory: rounded(used / GIB),
      gpus: found,
    };
    readAt = Date.now();
    return known;
  }

  return async () => {
    if (!reading && Date.now() - readAt > FRESH_MS) reading = read().finally(() => (reading = undefined));
    return known ?? reading ?? read();
  };
}

/** Reads nvidia-smi's CSV: index, name, percent, MiB, MiB, degrees; what a card cannot tell is "[N/A]". */
export function readSmi(csv: string): Gpu[] {
  return csv.split("\n").flatMap((line) => {
    const [index, name, usage, used, total, temperature] = line.split(",").map((field) => field.trim());
    if (!name || !Number.isInteger(Number(index))) return [];
    return [
      {
        gpu_id: Number(index),
        name,
        usage: number(usage),
        memory_used: rounded(number(used) / 1024),
        memory_total: rounded(number(total) / 1024),
        ...(Number.isFinite(Number(temperature)) && { temperature: Number(temperature) }),
      },
    ];
  });
}

const number = (text: string | undefined) => (Number.isFinite(Number(text)) ? Number(text) : 0);
const rounded = (value: number) => Math.round(value * 10) / 10;
