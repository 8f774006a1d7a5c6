import { expect, test } from "vitest";
import { matchSoftware, matchVersions, searchesOf, toLookInto } from "../../functions/console/frame/match.ts";

const software = (name: string, version_count = 1) => ({
  software: name.toLowerCase().replaceAll(" ", "-"),
  name,
  version_count,
});
const all = [software("omega"), software("omega-tools"), software("sigma", 0), software("Sigma Tools")];
const names = (term: string) => matchSoftware(all, term).map(({ name }) => name);

test("software is found by any part of its name, in any case; the best match comes first", () => {
  expect(names("OMEGA")).toEqual(["omega", "omega-tools"]);
  expect(names("tools")).toEqual(["omega-tools", "Sigma Tools"]);
  expect(names("omega tools")).toEqual(["omega-tools", "omega", "Sigma Tools"]);
  expect(names("sigma-tools")).toEqual(["Sigma Tools"]);
  expect(names("nothing")).toEqual([]);
  expect(names("  ")).toEqual([]);
});

test("the server is asked for all that was typed, and for its words", () => {
  expect(searchesOf(" Omega ")).toEqual(["omega"]);
  expect(searchesOf("Omega  Studio 1.2")).toEqual(["omega studio 1.2", "omega", "studio", "1.2"]);
  expect(searchesOf("  ")).toEqual([]);
});

test("what is typed beside a name is the version that is meant", () => {
  const versions = ["1.0.0", "1.2.0", "2.1.2-beta"].map((version) => ({ version }));
  const found = (term: string) =>
    matchVersions(versions, software("omega"), term).map(({ version }) => version);
  expect(found("omega")).toEqual(["1.0.0", "1.2.0", "2.1.2-beta"]);
  expect(found("omega 1.2")).toEqual(["1.2.0", "2.1.2-beta"]);
  expect(found("omega BETA")).toEqual(["2.1.2-beta"]);
  expect(found("omega 9")).toEqual([]);
});

test("versions are looked for in few software, and in none that has no versions", () => {
  const many = ["a", "b", "c", "d"].map((name) => software(name));
  expect(toLookInto([software("none", 0), ...many]).map(({ name }) => name)).toEqual(["a", "b", "c"]);
});
