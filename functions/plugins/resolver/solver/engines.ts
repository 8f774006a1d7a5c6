import { inRange, parseRange } from "../../../kit/ranges.ts";
import { parseVersion } from "../../../kit/versions.ts";

/** The form in which names of engines are compared: manifests say `microdock` where hosts say `MicroDock`. */
export const engineKey = (name: string) => name.toLowerCase();

/** The engines that a request names, by names in any case. */
export class EngineVersions {
  readonly #versions: ReadonlyMap<string, string>;
  readonly #fits = new Map<string, boolean>();

  constructor(versions: Iterable<readonly [name: string, version: string]>) {
    this.#versions = new Map([...versions].map(([name, version]) => [engineKey(name), version]));
  }

  /** The version of an engine, where the request names it. */
  versionOf(engine: string): string | undefined {
    return this.#versions.get(engineKey(engine));
  }

  /** Whether a range holds for an engine, as far as the request names it; a pre-release counts as its release line. */
  fit(engine: string, range: string): boolean {
    const text = this.versionOf(engine);
    if (text === undefined) return true;
    const key = `${engineKey(engine)}\n${range}`;
    let fits = this.#fits.get(key);
    if (fits === undefined) {
      const [version, parsed] = [parseVersion(text), parseRange(range, true)];
      fits = version !== null && parsed !== null && inRange(version, parsed);
      this.#fits.set(key, fits);
    }
    return fits;
  }
}
