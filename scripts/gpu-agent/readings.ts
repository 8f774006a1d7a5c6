import { execFile } from "node:child_process";
import { promisify } from "node:util";
import si from "systeminformation";

const execute = promisify(execFile);

const GIB = 1024 ** 3;
/** nvidia-smi may hang on a broken driver. */
const SMI_TIMEOUT_MS = 5_000;
/** A machine without nvidia-smi is asked again after this long. */
const SMI_ABSENT_MS = 10 * 60_000;
/** Reading the sensors costs tens of milliseconds; heartbeats may come faster than they change. */
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

/** A source of the machine's readings, each at most three seconds old. */
export function createReadings(smi = "nvidia-smi"): () => Promise<Readings> {
  let last: { at: number; reading: Promise<Readings> } | undefined;
  let absentSince = -Infinity;

  async function gpus(): Promise<Gpu[]> {
    if (Date.now() - absentSince < SMI_ABSENT_MS) return [];
    const fields = "index,name,utilization.gpu,memory.used,memory.total,temperature.gpu";
    try {
      const { stdout } = await execute(smi, [`--query-gpu=${fields}`, "--format=csv,noheader,nounits"], {
        timeout: SMI_TIMEOUT_MS,
      });
      return readSmi(stdout);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") absentSince = Date.now();
      return [];
    }
  }

  async function read(): Promise<Readings> {
    const [load, memory, found] = await Promise.all([si.currentLoad(), si.mem(), gpus()]);
    const used = memory.total - memory.available;
    return {
      cpu_usage: rounded(load.currentLoad),
      memory_usage: rounded((used / memory.total) * 100),
      total_memory: rounded(memory.total / GIB),
      used_memory: rounded(used / GIB),
      gpus: found,
    };
  }

  return () => {
    if (!last || Date.now() - last.at > FRESH_MS) last = { at: Date.now(), reading: read() };
    return last.reading;
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
