import { describe, expect, test } from "vitest";
import {
  expectProblem,
  listed,
  newBytes,
  newSoftware,
  packageForm,
  publish,
  sendForm,
  type PackageFields,
} from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

type Option = {
  type: string;
  package_id: number;
  file_size: number;
  download_url: string;
  recommended: boolean;
};
type Check = {
  has_update: boolean;
  current_version: string;
  latest_version: string;
  update_info?: { version: string; description: string; is_critical: boolean; update_options: Option[] };
};

const ask = (software: string, current_version: string, more: Record<string, string> = {}) =>
  stack.request<Check>(
    `/api/v1/version/check?${new URLSearchParams({ software, current_version, ...more })}`,
  );

/** What a client is told: the version it should take, or "none" or the code of a refusal. */
async function answerTo(software: string, current: string, more: Record<string, string> = {}) {
  const { status, body } = await ask(software, current, more);
  if (status !== 200) return (body as unknown as { error_code: string }).error_code;
  return body.has_update ? body.latest_version : "none";
}

async function title(...packages: PackageFields[]): Promise<string> {
  const software = newSoftware();
  for (const fields of packages) await publish(stack, { software, ...fields });
  return software;
}

describe("the documented answers", () => {
  test("an update, exactly as documented", async () => {
    const software = newSoftware();
    const about = { software, description: "修复了若干bug，提升了性能", is_critical: true };
    const full = await publish(stack, { ...about, version: "2.2.6" }, newBytes(3000));
    const patch = await publish(
      stack,
      { software, version: "2.2.6", package_type: "patch", from_version: "2.2.5" },
      newBytes(500),
    );
    const { status, body } = await ask(software, "2.2.5", { platform: "windows", arch: "x64" });
    expect(status).toBe(200);
    expect(body).toEqual({
      has_update: true,
      current_version: "2.2.5",
      latest_version: "2.2.6",
      update_info: {
        version: "2.2.6",
        description: "修复了若干bug，提升了性能",
        release_date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
        is_critical: true,
        update_options: [
          {
            type: "patch",
            package_id: patch.package_id,
            file_size: 500,
            download_url: `/downloads/patches/2.2.6/${software}-v2.2.5-to-v2.2.6-patch-windows-x64.zip`,
            recommended: true,
          },
          {
            type: "full",
            package_id: full.package_id,
            file_size: 3000,
            download_url: `/downloads/full/2.2.6/${software}-v2.2.6-full-windows-x64.zip`,
            recommended: false,
          },
        ],
      },
    });
  });

  test("no update, exactly as documented", async () => {
    const { body } = await ask(await title({ version: "2.2.6" }), "2.2.6");
    expect(body).toEqual({ has_update: false, current_version: "2.2.6", latest_version: "2.2.6" });
  });

  test("platform, arch and software have defaults", async () => {
    const defaults = await stack.request("/api/v1/version/check?current_version=0.0.1");
    const named = await ask("omega", "0.0.1", { platform: "windows", arch: "x64" });
    expect(defaults.status).toBe(named.status);
  });
});

describe("who is offered what", () => {
  test("2.10 is newer than 2.9, whichever was published last", async () => {
    const software = await title({ version: "2.10.0" }, { version: "2.9.0" });
    expect(await answerTo(software, "2.9.0")).toBe("2.10.0");
    expect(await answerTo(software, "2.10.0")).toBe("none");
  });

  test("a client newer than everything has no update", async () => {
    const software = await title({ version: "2.0.0" });
    const { body } = await ask(software, "3.0.0");
    expect(body).toEqual({ has_update: false, current_version: "3.0.0", latest_version: "2.0.0" });
  });

  test("pre-releases and unstable versions never reach stable clients", async () => {
    const software = await title(
      { version: "1.0.0" },
      { version: "2.0.0-beta.1" },
      { version: "2.0.0-rc.1", is_stable: true },
      { version: "1.5.0", is_stable: false },
    );
    expect(await answerTo(software, "0.9.0")).toBe("1.0.0");
    expect(await answerTo(software, "1.0.0")).toBe("none");
  });

  test("a pre-release is offered its channel and all that are more stable, as feeds offer them", async () => {
    const software = await title(
      { version: "1.0.0" },
      { version: "2.0.0-beta.2" },
      { version: "2.0.0-beta.10" },
      { version: "2.0.0-alpha.99" },
    );
    expect(await answerTo(software, "2.0.0-beta.2")).toBe("2.0.0-beta.10");
    expect(await answerTo(software, "2.0.0-beta.10")).toBe("none");
    expect(await answerTo(software, "1.0.0", { channel: "beta" })).toBe("2.0.0-beta.10");
    expect(await answerTo(software, "2.0.0-beta.2", { channel: "stable" })).toBe("none");
    await publish(stack, { software, version: "2.0.0-rc.1" });
    for (const current of ["2.0.0-alpha.1", "2.0.0-beta.10", "2.0.0-rc.0"])
      expect(await answerTo(software, current), current).toBe("2.0.0-rc.1");
    expect(await answerTo(software, "1.0.0", { channel: "nightly" })).toBe("none");
    await publish(stack, { software, version: "2.0.0-nightly.1" });
    expect(await answerTo(software, "2.0.0-beta.10")).toBe("2.0.0-rc.1");
    await publish(stack, { software, version: "2.0.0" });
    expect(await answerTo(software, "2.0.0-beta.10")).toBe("2.0.0");
    expect(await answerTo(software, "1.0.0")).toBe("2.0.0");
  });

  test("is_stable of a package changes nothing of another platform, arch or type", async () => {
    const software = await title({ version: "1.0.0" }, { version: "2.0.0" });
    const others = [
      { package_type: "patch", from_version: "1.0.0", is_stable: false },
      { package_type: "hotfix", is_stable: false },
      { platform: "linux", is_stable: false },
      { arch: "arm64", is_stable: false },
    ] as const;
    for (const other of others) await publish(stack, { software, version: "2.0.0", ...other });
    const { body } = await ask(software, "1.0.0");
    expect(body.latest_version).toBe("2.0.0");
    expect(body.update_info?.update_options.map(({ type }) => type)).toEqual(["full"]);
    const beta = await ask(software, "1.0.0", { channel: "beta" });
    expect(beta.body.update_info?.update_options.map(({ type }) => type).toSorted()).toEqual([
      "full",
      "patch",
    ]);
    const elsewhere: Record<string, string>[] = [{ platform: "linux" }, { arch: "arm64" }];
    for (const more of elsewhere) {
      expect(await answerTo(software, "1.0.0", more)).toBe("VERSION_NOT_FOUND");
    }
  });

  test("an unstable package stays so when the stable one of another arch arrives", async () => {
    const software = await title(
      { version: "1.0.0", arch: "arm64" },
      { version: "2.0.0", arch: "arm64", is_stable: false },
      { version: "2.0.0", arch: "x64", is_stable: true },
      { version: "2.0.0", arch: "x86" },
    );
    expect(await answerTo(software, "1.0.0", { arch: "arm64" })).toBe("none");
    expect(await answerTo(software, "1.0.0", { arch: "x64" })).toBe("2.0.0");
    expect(await answerTo(software, "1.0.0", { arch: "x86" })).toBe("2.0.0");
  });

  test("a patch that says nothing is as stable as what is there for its platform and arch", async () => {
    const patch = { version: "2.0.0", package_type: "patch", from_version: "1.0.0" } as const;
    const software = await title({ version: "1.0.0" }, { version: "2.0.0", is_stable: false }, patch);
    expect(await answerTo(software, "1.0.0")).toBe("none");
    expect(await answerTo(software, "1.0.0", { channel: "beta" })).toBe("2.0.0");
  });

  test("is_critical and description are each package's own", async () => {
    const software = newSoftware();
    const version = "2.0.0";
    const patch = { package_type: "patch", from_version: "1.0.0" } as const;
    await publish(stack, { software, version, is_critical: true, description: "full" });
    await publish(stack, { software, version, is_critical: false, description: "patch", ...patch });
    await publish(stack, { software, version, platform: "linux", is_critical: false, description: "linux" });
    await publish(stack, { software, version, platform: "macos" });
    await publish(stack, { software, version, platform: "macos", is_critical: true, ...patch });
    const told = async (current: string, more = {}) => {
      const { is_critical, description } = (await ask(software, current, more)).body.update_info ?? {};
      return { is_critical, description };
    };
    expect(await told("1.0.0")).toEqual({ is_critical: true, description: "full" });
    expect(await told("0.9.0")).toEqual({ is_critical: true, description: "full" });
    expect(await told("1.0.0", { platform: "linux" })).toEqual({ is_critical: false, description: "linux" });
    expect(await told("0.9.0", { platform: "macos" })).toMatchObject({ is_critical: false });
    expect(await told("1.0.0", { platform: "macos" })).toMatchObject({ is_critical: true });
  });

  test("critical stays critical over skipped versions, until the package is withdrawn", async () => {
    const software = await title({ version: "1.0.0" });
    const critical = await publish(stack, { software, version: "1.1.0", is_critical: true });
    await publish(stack, { software, version: "1.2.0-beta.1", is_critical: true });
    await publish(stack, { software, version: "1.2.0", platform: "linux", is_critical: true });
    for (const version of ["1.2.0", "1.3.0"]) await publish(stack, { software, version });
    const isCritical = async (current: string, more = {}) =>
      (await ask(software, current, more)).body.update_info?.is_critical;
    expect(await isCritical("1.0.0")).toBe(true);
    expect(await isCritical("1.1.0")).toBe(false);
    expect(await isCritical("1.1.0", { channel: "beta" })).toBe(true);
    const path = `/api/v1/packages/${critical.package_id}/yank`;
    await stack.request(path, { method: "POST", asPublisher: true });
    expect(await isCritical("1.0.0")).toBe(false);
  });

  test("of several hotfixes of a version the newest is recommended, not the smallest", async () => {
    const software = await title({ version: "2.2.0" });
    const hotfix = { software, version: "2.2.5", package_type: "hotfix" } as const;
    await publish(stack, hotfix, newBytes(50));
    const newest = await publish(stack, hotfix, newBytes(900));
    const options = (await ask(software, "2.2.0")).body.update_info?.update_options;
    expect(options).toMatchObject([{ type: "hotfix", package_id: newest.package_id, recommended: true }]);
  });

  test("formats stand side by side: one option a type, of the format that was asked for", async () => {
    const software = newSoftware();
    const send = async (version: string, fileName: string, size = 100) => {
      const form = packageForm({ software, version, package_type: "full" }, newBytes(size), fileName);
      const answer = await sendForm(stack, form, { asPublisher: true });
      expect(answer.status, answer.text).toBe(200);
    };
    await send("2.0.0", "app.exe", 50);
    await send("2.0.0", "app.zip", 500);
    await send("2.0.0", "app.tar.gz");
    await send("1.9.0", "app.AppImage");
    const offered = async (more = {}) => {
      const { body } = await ask(software, "1.0.0", more);
      return body.update_info?.update_options.map((option) => option.download_url.split("/").at(-1));
    };
    const name = (version: string, extension: string) => [
      `${software}-v${version}-full-windows-x64${extension}`,
    ];
    expect(await offered()).toEqual(name("2.0.0", ".zip"));
    expect(await offered({ format: "exe" })).toEqual(name("2.0.0", ".exe"));
    expect(await offered({ format: ".TAR.GZ" })).toEqual(name("2.0.0", ".tar.gz"));
    expect(await offered({ format: "appimage" })).toEqual(name("1.9.0", ".AppImage"));
    expect(await answerTo(software, "1.0.0", { format: "deb" })).toBe("VERSION_NOT_FOUND");
    expect(await listed(stack, software)).toHaveLength(4);
    const again = packageForm({ software, version: "2.0.0", package_type: "full" }, newBytes(), "b.EXE");
    expectProblem(await sendForm(stack, again, { asPublisher: true }), 409, "PACKAGE_EXISTS");
  });

  test("names of platforms and archs are read as what they mean, on any case; new ones are taken", async () => {
    const software = await title(
      { version: "1.0.0" },
      { version: "2.0.0", platform: "macos", arch: "arm64" },
      { version: "1.5.0", platform: "macOS", arch: "universal" },
      { version: "4.0.0", platform: "android", arch: "aarch64" },
      { version: "5.0.0", platform: "ios", arch: "arm64", package_type: "FULL" as "full" },
    );
    const rows: [platform: string, arch: string, latest: string][] = [
      ["Windows", "amd64", "1.0.0"],
      ["win32", "x86_64", "1.0.0"],
      ["", "", "1.0.0"],
      ["darwin", "aarch64", "2.0.0"],
      ["MacOS", "ARM64", "2.0.0"],
      ["macos", "universal", "1.5.0"],
      ["android", "arm64", "4.0.0"],
      ["ios", "arm64", "5.0.0"],
    ];
    for (const [platform, arch, latest] of rows) {
      expect(await answerTo(software, "0.1.0", { platform, arch }), `${platform} ${arch}`).toBe(latest);
    }
    const list = await stack.request<unknown[]>(
      `/api/v1/packages?software=${software}&package_type=FULL&platform=Darwin&arch=&limit=&offset`,
    );
    expect({ status: list.status, body: list.body }).toEqual({ status: 200, body: [] });
  });

  test("universal packages are for every arch of their platform, its own before them", async () => {
    const software = await title(
      { version: "1.0.0", platform: "macos", arch: "universal" },
      { version: "2.0.0", platform: "macos", arch: "arm64" },
      { version: "2.0.0", platform: "macos", arch: "universal" },
      { version: "3.0.0", platform: "windows", arch: "universal" },
    );
    const optionsFor = async (arch: string) => {
      const { body } = await ask(software, "0.1.0", { platform: "macos", arch });
      return body.update_info?.update_options.map(({ download_url: url }) => url.replace(/^.*-v/, ""));
    };
    expect(await optionsFor("arm64")).toEqual(["2.0.0-full-macos-arm64.zip"]);
    for (const arch of ["x64", "x86", "universal"])
      expect(await optionsFor(arch), arch).toEqual(["2.0.0-full-macos-universal.zip"]);
    expect(await answerTo(software, "1.0.0", { arch: "arm64" })).toBe("3.0.0");
    expect(await answerTo(software, "1.0.0", { platform: "linux" })).toBe("VERSION_NOT_FOUND");
  });

  test("platforms, architectures and titles are kept apart", async () => {
    const software = await title(
      { version: "1.0.0", platform: "windows", arch: "x64" },
      { version: "2.0.0", platform: "linux", arch: "x64" },
      { version: "3.0.0", platform: "windows", arch: "arm64" },
    );
    const other = await title({ version: "9.0.0" });
    expect(await answerTo(software, "0.1.0")).toBe("1.0.0");
    expect(await answerTo(software, "0.1.0", { platform: "linux" })).toBe("2.0.0");
    expect(await answerTo(software, "0.1.0", { arch: "arm64" })).toBe("3.0.0");
    expect(await answerTo(software, "0.1.0", { platform: "macos" })).toBe("VERSION_NOT_FOUND");
    expect(await answerTo(other, "0.1.0")).toBe("9.0.0");
    expect(await answerTo(software.toUpperCase(), "0.1.0")).toBe("1.0.0");
  });

  test("a version that only some clients can reach is the latest for those alone", async () => {
    const software = await title(
      { version: "2.0.0" },
      { version: "3.0.0", package_type: "patch", from_version: "2.0.0" },
    );
    expect(await answerTo(software, "2.0.0")).toBe("3.0.0");
    expect(await answerTo(software, "1.0.0")).toBe("2.0.0");
  });

  test("a hotfix reaches its line, or its from_version alone", async () => {
    const software = await title(
      { version: "2.1.0" },
      { version: "2.2.0" },
      { version: "2.2.5", package_type: "hotfix" },
      { version: "2.2.6", package_type: "hotfix", from_version: "2.2.1" },
    );
    expect(await answerTo(software, "2.2.0")).toBe("2.2.5");
    expect(await answerTo(software, "2.2.1")).toBe("2.2.6");
    expect(await answerTo(software, "2.1.0")).toBe("2.2.0");
  });

  test("the smallest way is recommended, and it alone", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "2.0.0" }, newBytes(100));
    const patch = { package_type: "patch", from_version: "1.0.0" } as const;
    await publish(stack, { software, version: "2.0.0", ...patch }, newBytes(200));
    const { body } = await ask(software, "1.0.0");
    expect(body.update_info?.update_options.map(({ type, recommended }) => ({ type, recommended }))).toEqual([
      { type: "full", recommended: true },
      { type: "patch", recommended: false },
    ]);
  });

  test("a yanked package is not offered until it is unyanked; what is left is still found", async () => {
    const software = await title({ version: "1.0.0" });
    const newest = await publish(stack, { software, version: "2.0.0" });
    const turn = (verb: string) =>
      stack.request(`/api/v1/packages/${newest.package_id}/${verb}`, { method: "POST", asPublisher: true });
    expect(await answerTo(software, "0.1.0")).toBe("2.0.0");
    expect((await turn("yank")).body).toEqual({ id: newest.package_id, yanked: true });
    expect(await answerTo(software, "0.1.0")).toBe("1.0.0");
    expect((await turn("unyank")).body).toEqual({ id: newest.package_id, yanked: false });
    expect(await answerTo(software, "0.1.0")).toBe("2.0.0");
  });

  test("where no stable version is published, it is 404 for stable clients", async () => {
    const software = await title({ version: "1.0.0-beta.1" }, { version: "1.1.0", is_stable: false });
    expectProblem(await ask(software, "0.1.0"), 404, "VERSION_NOT_FOUND");
    expectProblem(await ask(newSoftware(), "0.1.0"), 404, "VERSION_NOT_FOUND");
    expect(await answerTo(software, "1.0.0-beta.0")).toBe("1.1.0");
  });

  test("a package is offered or withdrawn at once, however many clients ask meanwhile", async () => {
    const software = await title({ version: "1.0.0" });
    const newest = await publish(stack, { software, version: "2.0.0" });
    const turning = new AbortController();
    const crowd = Array.from({ length: 8 }, async () => {
      while (!turning.signal.aborted) await ask(software, "0.1.0");
    });
    const seen: string[] = [];
    for (let round = 0; round < 20; round++) {
      for (const verb of ["yank", "unyank"]) {
        const path = `/api/v1/packages/${newest.package_id}/${verb}`;
        await stack.request(path, { method: "POST", asPublisher: true });
        seen.push(await answerTo(software, "0.1.0"));
      }
    }
    turning.abort();
    await Promise.all(crowd);
    expect(seen).toEqual(Array.from({ length: 40 }, (_, turn) => (turn % 2 ? "2.0.0" : "1.0.0")));
  });

  test("what is published is offered at once, however many clients ask meanwhile", async () => {
    const software = await title({ version: "1.0.0" });
    const publishing = new AbortController();
    const crowd = Array.from({ length: 4 }, async () => {
      while (!publishing.signal.aborted)
        expect(await answerTo(software, "1.0.0")).not.toBe("VERSION_NOT_FOUND");
    });
    for (let minor = 1; minor <= 8; minor++) {
      await publish(stack, { software, version: `1.${minor}.0` });
      expect(await answerTo(software, "1.0.0")).toBe(`1.${minor}.0`);
    }
    publishing.abort();
    await Promise.all(crowd);
  });
});

describe("versions as clients and publishers write them", () => {
  test.each([
    ["v2.2.4", "2.2.4"],
    ["V2.2", "2.2"],
    [" 2.2.4 ", "2.2.4"],
    ["2.2.4.9", "2.2.4.9"],
    ["02.02.04", "02.02.04"],
    ["2.2.4+77", "2.2.4+77"],
  ])("a client of %j is told of 2.2.5", async (text, name) => {
    const software = await title({ version: "2.2.5" });
    const { body } = await ask(software, text);
    expect(body).toMatchObject({ has_update: true, current_version: name, latest_version: "2.2.5" });
  });

  test.each(["v2.2.5", "2.2.5.0", "2.2.05", "2.2.5+7", "2.2.5.1", "2.2.6-rc"])(
    "a client of %j has 2.2.5 already",
    async (text) => {
      expect(await answerTo(await title({ version: "2.2.5" }), text)).toBe("none");
    },
  );

  test.each([
    [["v1.9.9", "v2.0.0"], "2.0.0"],
    [["1.0.0.10", "1.0.0.9"], "1.0.0.10"],
    [["2024.01.15", "2024.1.9"], "2024.01.15"],
    [["2.3.0+7", "2.2"], "2.3.0+7"],
    [["3", "2.9.9.9"], "3"],
  ])("of %j the newest is offered and can be fetched", async (texts, latest) => {
    const software = await title(...texts.map((version) => ({ version })));
    const { body } = await ask(software, "v0.9");
    expect(body.latest_version).toBe(latest);
    const url = body.update_info?.update_options[0]?.download_url ?? "";
    expect(url).toBe(`/downloads/full/${latest}/${software}-v${latest}-full-windows-x64.zip`);
    expect((await stack.request(url)).status).toBe(302);
  });

  test("two spellings of one version are one version, of its packages too", async () => {
    const software = await title({ version: "v2.2" });
    const linux = await publish(stack, { software, version: "2.2.0+7", platform: "linux" });
    expect(linux.version).toBe("2.2");
    const again = packageForm({ software, version: "2.2.0", package_type: "full" });
    expectProblem(await sendForm(stack, again, { asPublisher: true }), 409, "PACKAGE_EXISTS");
    expect((await ask(software, "2.1", { platform: "linux" })).body.latest_version).toBe("2.2");
    expect((await stack.request(linux.download_url)).status).toBe(302);
  });

  test("a patch fits its version in any spelling, and is there once", async () => {
    const software = await title({ version: "2.2.0" });
    const patch = { software, version: "2.3", package_type: "patch" } as const;
    await publish(stack, { ...patch, from_version: "v2.2" });
    const again = packageForm({ ...patch, from_version: "2.2.0.0" });
    expectProblem(await sendForm(stack, again, { asPublisher: true }), 409, "PACKAGE_EXISTS");
    for (const current of ["2.2", "2.2.0", "v2.2.0", "2.2.0+5"])
      expect(await answerTo(software, current)).toBe("2.3");
    expect(await answerTo(software, "2.2.0.1")).toBe("none");
  });
});

describe("bad questions", () => {
  const bad: [query: string, code: string][] = [
    ["", "MISSING_PARAMETER"],
    ["current_version=", "MISSING_PARAMETER"],
    ["current_version=2.2.5.0.1", "INVALID_VERSION"],
    ["current_version=unknown", "INVALID_VERSION"],
    ["current_version=2.2.5%00", "INVALID_VERSION"],
    [`current_version=1.0.0-${"a".repeat(60)}`, "INVALID_VERSION"],
    ["current_version=1.0.0&platform=beos", "VALIDATION_ERROR"],
    ["current_version=1.0.0&arch=mips", "VALIDATION_ERROR"],
    ["current_version=1.0.0&software=../omega", "VALIDATION_ERROR"],
    [`current_version=1.0.0&channel=${"a".repeat(33)}`, "VALIDATION_ERROR"],
  ];
  test.each(bad)("?%s is refused: %s", async (query, code) => {
    expectProblem(await stack.request(`/api/v1/version/check?${query}`), 400, code);
  });

  test("unknown parameters are ignored", async () => {
    expect(await answerTo(await title({ version: "2.0.0" }), "1.0.0", { colour: "blue" })).toBe("2.0.0");
  });
});

describe("caching", () => {
  test("an answer has a short life and a tag that is enough to confirm it", async () => {
    const software = await title({ version: "2.0.0" });
    const path = `/api/v1/version/check?software=${software}&current_version=1.0.0`;
    const first = await stack.request(path);
    expect(first.headers.get("cache-control")).toBe("public, max-age=10");
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[^"]+"$/);

    const same = await stack.request(path, { headers: { "if-none-match": etag } });
    expect({ status: same.status, text: same.text }).toEqual({ status: 304, text: "" });
    expect(same.headers.get("etag")).toBe(etag);

    await publish(stack, { software, version: "2.1.0" });
    const changed = await stack.request<Check>(path, { headers: { "if-none-match": etag } });
    expect(changed.status).toBe(200);
    expect(changed.body.latest_version).toBe("2.1.0");
  });

  test("a tag that a proxy made weak, and one in a list, confirm it too", async () => {
    const path = `/api/v1/version/check?software=${await title({ version: "2.0.0" })}&current_version=1.0.0`;
    const etag = (await stack.request(path)).headers.get("etag") ?? "";
    for (const header of [`W/${etag}`, `"other", ${etag}`, `W/"other",W/${etag}`, "*"]) {
      const answer = await stack.request(path, { headers: { "if-none-match": header } });
      expect(answer.status, header).toBe(304);
    }
  });

  test("two clients of different versions do not share a tag", async () => {
    const software = await title({ version: "2.0.0" });
    const [a, b] = [await ask(software, "1.0.0"), await ask(software, "1.1.0")];
    expect(a.headers.get("etag")).not.toBe(b.headers.get("etag"));
  });

  test("a refusal is not kept by anybody", async () => {
    const refused = await ask(newSoftware(), "1.0.0");
    expect(refused.headers.get("cache-control")).toBe("private, no-store");
  });
});
