import type { RouteLocationRaw } from "vue-router";
import { api, dataOf } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";
import { plainText } from "../kit/markdown/markdown.ts";
import { matchSoftware, matchVersions, toLookInto, type Software } from "./match.ts";

/** Something that the command palette found. */
export type Found = { label: string; suffix?: string; icon: string; to: RouteLocationRaw };

/** What the palette knows of software is asked for again after this long. Milliseconds. */
const FRESH_MS = 60_000;
/** The most that one question answers. */
const PAGE = 100;
const SHOWN_VERSIONS = 5;

/** The software and the versions that somebody means, the newest 100 of each; for administrators. @throws Failure. */
export async function findSoftware(term: string): Promise<Found[]> {
  const matched = matchSoftware(await allSoftware(), term);
  const versions = await Promise.all(toLookInto(matched).map((software) => findVersions(software, term)));
  const found = matched.map(({ akey, name, description }) => ({
    label: name,
    suffix: description,
    icon: "i-lucide-package",
    to: { name: "software", params: { software: akey } },
  }));
  return [...found, ...versions.flat()];
}

const allSoftware = () =>
  queryClient.fetchQuery({
    queryKey: ["software", "palette"],
    staleTime: FRESH_MS,
    queryFn: async () =>
      (await dataOf(api.GET("/api/software", { params: { query: { size: PAGE } } }))).data.list,
  });

async function findVersions(software: Software, term: string): Promise<Found[]> {
  const { akey, name } = software;
  const all = await queryClient.fetchQuery({
    queryKey: ["software", "palette", akey],
    staleTime: FRESH_MS,
    queryFn: async () => {
      const params = { path: { akey }, query: { size: PAGE } };
      return (await dataOf(api.GET("/api/software/{akey}/versions", { params }))).data.list;
    },
  });
  return matchVersions(all, software, term)
    .slice(0, SHOWN_VERSIONS)
    .map(({ version, description }) => ({
      label: `${name} ${version}`,
      suffix: plainText(description),
      icon: "i-lucide-tag",
      to: { name: "version", params: { software: akey, version } },
    }));
}
