import { z } from "zod";
import { packageTypes } from "../../schema/packages.ts";
import { textKey } from "../core/locale/locale.ts";
import { VERSION_SCHEMA } from "../kit/versions.ts";
import { givenArch, givenPlatform } from "./target-names.ts";

/** Slugs are part of file names and URLs; an akey is taken in their place. */
const slugOrAkey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, textKey("software.slug"));

export const softwareName = slugOrAkey.default("omega");

/** The same where it has to be said, in the spelling in which it is stored. */
export const givenSoftware = slugOrAkey.transform((name) => name.toLowerCase());

/** A version as somebody writes it; the domain reads it. */
export const writtenVersion = z.string().meta(VERSION_SCHEMA);

/** The name of a channel. */
export const channelName = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, textKey("package.channel"));

/**
 * The parameters by which every query about packages can be narrowed down, with the defaults for those that are left out.
 */
export const targetQuery = z.object({
  platform: givenPlatform.default("windows"),
  arch: givenArch.default("x64"),
  software: softwareName.meta({ description: "Slug or akey" }),
});

export const packageType = z.enum(packageTypes);
