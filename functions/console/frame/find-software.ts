import type { RouteLocationRaw } from "vue-router";
import { api, dataOf } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";
import {
  matchSoftware,
  matchVersions,
  searchesOf,
  toLookInto,
  versionWords,
  type Software,
} from "./match.ts";

/** Something that the command palette found. */
export type Found = { label: string; suffix?: string; icon: string; to: RouteLocationRaw };

/** What the palette knows of software is asked for again after this long. Milliseconds. */
const FRESH_MS = 60_000;
/** What one question answers: who means something else types more of it. */
const PAGE = 20;
const SHOWN_VERSIONS = 5;

/** The software and the versions that somebody means, by its words; for administrators. @throws Failure. */
export async function findSoftware(term: string): Promise<Found[]> {
  const answers = await Promise.all(searchesOf(term).map(searchSoftware));
  const all = new Map(answers.flat().map((one) => [one.akey, one]));
  const matched = matchSoftware([...all.values()], term);
  const versions = await Promise.all(toLookInto(matched).map((software) => findVersions(software, term)));
  const found = matched.map(({ akey, name, description }) => ({
    label: name,
    suffix: description,
    icon: "i-lucide-package",
    to: { name: "software", params: { software: akey } },
  }));
  return [...found, ...versions.flat()];
}

const searchSoftware = (search: string) =>
  queryClient.fetchQuery({
    queryKey: ["software", "palette", search],
    staleTime: FRESH_MS,
    queryFn: async () => {
      const query = { search, page_size: PAGE };
      return (await dataOf(api.GET("/api/v1/software", { params: { query } }))).items;
    },
  });

async function findVersions(software: Software & { akey: string }, term: string): Promise<Found[]> {
  const { akey, name } = software;
  const [search] = versionWords(software, term);
  const all = await queryClient.fetchQuery({
    queryKey: ["releases", "palette", akey, search],
    staleTime: FRESH_MS,
    queryFn: async () => {
      const params = { path: { software: akey }, query: { search, page_size: PAGE } };
      return (await dataOf(api.GET("/api/v1/releases/{software}", { params }))).items;
    },
  });
  return matchVersions(all, software, term)
    .slice(0, SHOWN_VERSIONS)
    .map(({ version, channel }) => ({
      label: `${name} ${version}`,
      suffix: channel,
      icon: "i-lucide-tag",
      to: { name: "version", params: { software: akey, version } },
    }));
}
