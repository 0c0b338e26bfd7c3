import { readFileSync } from "node:fs";
import { expect } from "chai";
import { entryOf, type LockedPackages, missingPackages } from "../../tools/lock-file.js";

describe("the lock file", () => {
  it("names the packages of every platform, so that npm ci installs on any", () => {
    const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: LockedPackages };

    expect(missingPackages(packages)).to.deep.equal([]);
  });

  it("is found to lack an optional package that is neither beside nor below its owner", () => {
    const optionalDependencies = {
      "@tool/linux-x64": "1.0.0",
      "@tool/win32-x64": "1.0.0",
      "@tool/darwin-x64": "1.0.0",
    };
    const packages: LockedPackages = {
      "": {},
      "node_modules/tool": { version: "1.0.0", license: "MIT", dev: true, optionalDependencies },
      "node_modules/@tool/linux-x64": { version: "1.0.0" },
      "node_modules/tool/node_modules/@tool/win32-x64": { version: "1.0.0" },
    };

    expect(missingPackages(packages)).to.deep.equal([
      { name: "@tool/darwin-x64", version: "1.0.0", license: "MIT", isDev: true },
    ]);
  });

  it("gets an entry that keeps the package to its platform", () => {
    const entry = entryOf({
      name: "@tool/binding-linux-arm-musleabihf",
      version: "1.0.0",
      license: "ISC",
      isDev: false,
    });

    expect(entry).to.deep.include({ os: ["linux"], cpu: ["arm"], libc: ["musl"], license: "ISC", optional: true });
    expect(entryOf({ name: "tool-core", version: "1.0.0", license: "ISC", isDev: false })).to.equal(null);
  });
});
