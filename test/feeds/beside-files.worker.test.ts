import { describe, expect, test } from "vitest";
import { minisignFile } from "../support/releases.ts";
import { newKey, setVisibility } from "../support/private-software.ts";
import { expectProblem, newSoftware, publish } from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";
import { publishFile } from "./publish-file.ts";

const stack = sharedStack();

describe("notes of a version", () => {
  const notes = (software: string, version: string) => `/feeds/${software}/notes/${version}.md`;

  test("are Markdown as it was written, else the description", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0", description: "The first one" });
    await publish(stack, { software, version: "v2.0.0-beta.1" });
    const text = "# New\n\n- <b>bold</b> & *more*\n";
    const changed = await stack.request(`/api/v1/releases/${software}/2.0.0-beta.1`, {
      method: "PATCH",
      json: { notes: text },
      asPublisher: true,
    });
    expect(changed.status, changed.text).toBe(200);

    const answer = await stack.request(notes(software, "2.0.0-beta.1"));
    expect(answer.text).toBe(text);
    expect(answer.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    expect((await stack.request(notes(software, "1.0.0"))).text).toBe("The first one");
    expect((await stack.request(notes(software, "1.0"))).text).toBe("The first one");
    for (const version of ["3.0.0", "newest", "1.0.0.md"])
      expectProblem(await stack.request(notes(software, version)), 404, "RELEASE_NOT_FOUND");
    expectProblem(await stack.request(notes(newSoftware(), "1.0.0")), 404, "RELEASE_NOT_FOUND");
  });

  test("are private with their software", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0", description: "Secret" });
    await setVisibility(stack, software, "private");
    const { key } = await newKey(stack, ["packages:read"], { software: [software] });
    for (const version of ["1.0.0", "9.9.9", "none"])
      expectProblem(await stack.request(notes(software, version)), 401, "INVALID_API_KEY");
    const read = await stack.request(`${notes(software, "1.0.0")}?key=${key}`);
    expect(read.text).toBe("Secret");
    expect(read.headers.get("cache-control")).toContain("private");
  });
});

describe("the signature file of a package", () => {
  const linux = { platform: "linux", arch: "x64" } as const;

  test("is beside it in every feed, as it was given", async () => {
    const software = newSoftware();
    const signature = minisignFile("timestamp:7\tfile:app.AppImage");
    const { fileName } = await publishFile(stack, "app.AppImage", {
      ...linux,
      software,
      version: "1.0.0",
      signature,
    });
    for (const folder of [
      "tauri",
      "electron",
      "velopack",
      "files",
      "sparkle/linux-x64",
      "squirrel/linux-x64",
    ]) {
      const answer = await stack.request(`/feeds/${software}/${folder}/${fileName}.sig`);
      expect(answer.text, folder).toBe(signature);
      expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    }
  });

  test("is not there for a package without one, and for what is no package", async () => {
    const software = newSoftware();
    const { fileName } = await publishFile(stack, "app.deb", { ...linux, software, version: "1.0.0" });
    for (const name of [fileName, `${fileName}.sig`, "none"])
      expectProblem(await stack.request(`/feeds/${software}/tauri/${name}.sig`), 404, "PACKAGE_NOT_FOUND");
    const elsewhere = `/feeds/${newSoftware()}/tauri/${fileName}.sig`;
    expectProblem(await stack.request(elsewhere), 404, "PACKAGE_NOT_FOUND");
  });

  test("is private with its software", async () => {
    const software = newSoftware();
    await setVisibility(stack, software, "private");
    const facts = { signature: minisignFile() };
    const made = await publishFile(stack, "app.deb", { ...linux, software, version: "1.0.0", ...facts });
    const path = `/feeds/${software}/tauri/${made.fileName}.sig`;
    const { key } = await newKey(stack, ["packages:read"], { software: [software] });
    expectProblem(await stack.request(path), 401, "INVALID_API_KEY");
    expectProblem(await stack.request(path.replace("deb", "rpm")), 401, "INVALID_API_KEY");
    expect((await stack.request(`${path}?key=${key}`)).text).toBe(facts.signature);
  });
});
