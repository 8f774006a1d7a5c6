import { expect, test } from "vitest";
import { orderingKey, parseVersion, type Version } from "../../functions/kit/versions.ts";
import { decideUpdate, type Candidate, type Way } from "../../functions/updates/decide-update.ts";

const version = (text: string): Version => {
  const parsed = parseVersion(text);
  if (!parsed) throw new Error(`${text} is no version`);
  return parsed;
};

/** Published packages as `full@2.1.0`, `patch@2.1.0<2.0.0`, `*hotfix@2.1.0/exe!`: `*` is universal, `!` critical; a size may follow after `:`. */
function published(text: string): Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const [index, word] of text.split(" ").entries()) {
    const [, universal, type, target = "", from, format = "zip", critical, size] =
      /^(\*?)(\w+)@([^<:!/]+)(?:<([^:!/]+))?(?:\/([a-z.]+))?(!)?(?::(\d+))?$/.exec(word) ?? [];
    const known = { version: target, releasedAt: "", criticalBelow: "", ways: [] };
    const orderKey = orderingKey(version(target));
    const candidate = candidates.get(target) ?? { ...known, orderKey };
    candidates.set(target, candidate);
    const way = { id: index, url: word, fromVersion: from ?? null, size: Number(size ?? 100) };
    const flags = {
      format,
      isUniversal: universal === "*",
      isCritical: critical !== undefined,
      description: word,
    };
    candidate.ways.push({ ...way, ...flags, type: type as Way["type"] });
  }
  const critical = [...candidates.values()].filter(({ ways }) => ways.some((way) => way.isCritical));
  for (const candidate of candidates.values()) {
    const below = critical.map((one) => one.orderKey).filter((key) => key < candidate.orderKey);
    candidate.criticalBelow = below.toSorted().at(-1) ?? "";
  }
  for (const { ways } of candidates.values()) ways.sort((a, b) => a.size - b.size);
  return [...candidates.values()].toSorted((a, b) => (a.orderKey < b.orderKey ? 1 : -1));
}

/** rule | what is published | the client's version | the latest version it is told | the ways there, the recommended first */
const rules = `
  a newer version is offered                                                      | full@2.0.0 full@1.0.0                                | 1.0.0        | 2.0.0         | full@2.0.0
  2.10 is newer than 2.9                                                          | full@2.9.0 full@2.10.0                               | 2.9.0        | 2.10.0        | full@2.10.0
  2.9 is older than 2.10                                                          | full@2.9.0 full@2.10.0                               | 2.10.0       | 2.10.0        |
  2.2.10 is newer than 2.2.9                                                      | full@2.2.9 full@2.2.10                               | 2.2.9        | 2.2.10        | full@2.2.10
  a skipped version is no stop on the way                                         | full@1.0.0 full@2.0.0 full@3.0.0                     | 1.0.0        | 3.0.0         | full@3.0.0
  the same version is no update                                                   | full@2.0.0                                           | 2.0.0        | 2.0.0         |
  never a downgrade                                                               | full@2.0.0                                           | 2.0.1        | 2.0.0         |
  newer than all is up to date                                                    | full@2.0.0 full@3.0.0                                | 9.0.0        | 3.0.0         |
  a release is newer than its pre-releases                                        | full@2.0.0                                           | 2.0.0-rc.1   | 2.0.0         | full@2.0.0
  beta.11 is newer than beta.2                                                    | full@2.0.0-beta.11 full@2.0.0-beta.2                 | 2.0.0-beta.2 | 2.0.0-beta.11 | full@2.0.0-beta.11
  a pre-release of what the client has is no update                               | full@2.0.0-rc.1                                      | 2.0.0        | 2.0.0-rc.1    |
  a patch for the client's version is a way                                       | full@2.0.0:90 patch@2.0.0<1.0.0:10                   | 1.0.0        | 2.0.0         | patch@2.0.0<1.0.0:10 full@2.0.0:90
  a patch for another version is none                                             | full@2.0.0:90 patch@2.0.0<1.0.0:10                   | 1.0.1        | 2.0.0         | full@2.0.0:90
  a larger patch stays behind the full package                                    | full@2.0.0:10 patch@2.0.0<1.0.0:90                   | 1.0.0        | 2.0.0         | full@2.0.0:10 patch@2.0.0<1.0.0:90
  of several patches only the client's own counts                                 | full@2.0.0 patch@2.0.0<1.0.0:10 patch@2.0.0<1.1.0:11 | 1.1.0        | 2.0.0         | patch@2.0.0<1.1.0:11 full@2.0.0
  a patch alone is enough for its clients                                         | patch@2.0.0<1.0.0                                    | 1.0.0        | 2.0.0         | patch@2.0.0<1.0.0
  a pre-release is not the release it precedes                                    | full@2.0.0 patch@2.0.0<1.0.0:10                      | 1.0.0-rc.1   | 2.0.0         | full@2.0.0
  a hotfix is a way from every earlier version of its line                        | full@2.2.0 hotfix@2.2.5:5                            | 2.2.1        | 2.2.5         | hotfix@2.2.5:5
  ... and not from another line                                                   | full@2.2.0 hotfix@2.2.5:5                            | 2.1.9        | 2.2.0         | full@2.2.0
  ... nor from another major                                                      | full@2.2.0 hotfix@2.2.5:5                            | 1.2.0        | 2.2.0         | full@2.2.0
  a hotfix with from_version is a way from that one                               | full@2.2.0 hotfix@2.2.5<2.2.1:5                      | 2.2.1        | 2.2.5         | hotfix@2.2.5<2.2.1:5
  ... and from no other of the line                                               | full@2.2.0 hotfix@2.2.5<2.2.1:5                      | 2.2.0        | 2.2.0         |
  ... but from another line, if it says so                                        | full@2.2.0 hotfix@2.2.5<1.9.0:5                      | 1.9.0        | 2.2.5         | hotfix@2.2.5<1.9.0:5
  a client on the hotfix's version has it                                         | full@2.2.0 hotfix@2.2.5:5                            | 2.2.5        | 2.2.5         |
  hotfixes and full packages of a version are listed together, the smallest first | full@2.2.5:90 hotfix@2.2.5:5                         | 2.2.1        | 2.2.5         | hotfix@2.2.5:5 full@2.2.5:90
  of several hotfixes the newest counts, not the smallest                         | full@2.2.5:90 hotfix@2.2.5:5 hotfix@2.2.5:7          | 2.2.1        | 2.2.5         | hotfix@2.2.5:7 full@2.2.5:90
  ... also where the newest is larger than all                                    | full@2.2.5:90 hotfix@2.2.5:5 hotfix@2.2.5:95         | 2.2.1        | 2.2.5         | full@2.2.5:90 hotfix@2.2.5:95
  ... and where one of them names the client's version                            | full@2.2.0 hotfix@2.2.5<2.2.1:5 hotfix@2.2.5:7       | 2.2.1        | 2.2.5         | hotfix@2.2.5:7
  ... of those that lead this client                                              | full@2.2.0 hotfix@2.2.5:7 hotfix@2.2.5<2.2.0:5       | 2.2.1        | 2.2.5         | hotfix@2.2.5:7
  of several formats .zip counts, however large                                   | full@2.0.0/exe:5 full@2.0.0:90                       | 1.0.0        | 2.0.0         | full@2.0.0:90
  ... else the first of the order                                                 | full@2.0.0/rpm:5 full@2.0.0/deb:90                   | 1.0.0        | 2.0.0         | full@2.0.0/deb:90
  ... and what is in no order comes last                                          | full@2.0.0/aaa:5 full@2.0.0/apk:90                   | 1.0.0        | 2.0.0         | full@2.0.0/apk:90
  each type has a format of its own                                               | full@2.0.0:90 patch@2.0.0<1.0.0/exe:5                | 1.0.0        | 2.0.0         | patch@2.0.0<1.0.0/exe:5 full@2.0.0:90
  a format's own newest hotfix counts                                             | full@2.2.0 hotfix@2.2.5:7 hotfix@2.2.5/exe:5         | 2.2.1        | 2.2.5         | hotfix@2.2.5:7
  a universal package is a way                                                    | *full@2.0.0:90 *patch@2.0.0<1.0.0:10                 | 1.0.0        | 2.0.0         | *patch@2.0.0<1.0.0:10 *full@2.0.0:90
  ... unless there is one for the arch, of whatever format and size               | *full@2.0.0:5 full@2.0.0/exe:90                      | 1.0.0        | 2.0.0         | full@2.0.0/exe:90
  ... which stands for all that was made of the universal one                     | *patch@2.0.0<1.0.0:10 *hotfix@2.0.0:5 full@2.0.0:90  | 1.0.0        | 2.0.0         | full@2.0.0:90
  ... but a patch for the arch for patches alone                                  | *full@2.0.0:90 *patch@2.0.0<1.0.0:5 patch@2.0.0<1.0.0:9 | 1.0.0     | 2.0.0         | patch@2.0.0<1.0.0:9 *full@2.0.0:90
  ... and none that is not for this client                                        | *patch@2.0.0<1.0.0:5 patch@2.0.0<1.1.0:9             | 1.0.0        | 2.0.0         | *patch@2.0.0<1.0.0:5
  a newer universal package is newer than the arch's own                          | *full@3.0.0 full@2.0.0                               | 1.0.0        | 3.0.0         | *full@3.0.0
  a version without a way for this client is not its latest                       | patch@3.0.0<2.0.0 full@2.0.0 full@1.0.0              | 1.0.0        | 2.0.0         | full@2.0.0
  a client without any way is up to date                                          | patch@3.0.0<2.0.0                                    | 1.0.0        | 1.0.0         |
  a client between the versions takes the next it can reach                       | patch@3.0.0<2.0.0 full@1.0.0                         | 1.5.0        | 1.0.0         |
`
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));

test.each(rules)("%s", (_rule, packages = "", current = "", latest, ways) => {
  const decision = decideUpdate(published(packages), version(current));
  expect({
    latest: decision.latestVersion,
    ways: decision.update ? decision.ways.map((way) => way.url).join(" ") : "",
  }).toEqual({ latest, ways });
});

/** what is published | the client's version | whether the answer is critical */
const criticalRules = `
  full@2.0.0! full@1.0.0                             | 1.0.0 | true
  full@2.0.0 full@1.0.0!                             | 1.0.0 | false
  full@3.0.0 full@2.0.0! full@1.0.0                  | 1.0.0 | true
  full@3.0.0 full@2.0.0! full@1.0.0                  | 2.0.0 | false
  full@3.0.0 full@2.0.0! full@1.0.0                  | 2.5.0 | false
  full@3.0.0 patch@2.0.0<1.9.0!                      | 1.0.0 | true
  full@2.0.0! patch@2.0.0<1.0.0                      | 1.0.0 | true
  full@2.0.0 patch@2.0.0<1.0.0!                      | 1.0.0 | true
  full@2.0.0 patch@2.0.0<1.0.0!                      | 1.1.0 | false
  full@2.0.0 hotfix@2.0.0!                           | 1.1.0 | false
  patch@4.0.0<3.0.0! full@3.0.0                      | 1.0.0 | false
  *full@2.0.0! full@2.0.0                            | 1.0.0 | false
  *full@2.0.0!                                       | 1.0.0 | true
`
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));

test.each(criticalRules)("%s is for %s critical: %s", (packages = "", current = "", critical) => {
  const decision = decideUpdate(published(packages), version(current));
  expect(String(decision.update && decision.isCritical)).toBe(critical);
});

test("the full package describes the version, else what the client has of it", () => {
  const described = (packages: string) => {
    const decision = decideUpdate(published(packages), version("1.0.0"));
    return decision.update ? decision.description : "";
  };
  expect(described("patch@2.0.0<1.0.0:5 full@2.0.0:90")).toBe("full@2.0.0:90");
  expect(described("patch@2.0.0<1.0.0:5")).toBe("patch@2.0.0<1.0.0:5");
});

test("where nothing is published there is no update", () => {
  expect(decideUpdate([], version("1.0.0"))).toEqual({ update: false, latestVersion: "1.0.0" });
});
