import { chmodSync, mkdirSync, readlinkSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import type { Identity } from "../../../../src/platform/database/embedded/identity.js";
import { chooseSocketFolder } from "../../../../src/platform/database/embedded/socket-folder.js";
import { useEmbedded } from "./fixture.js";

const sameUser: Identity = { description: "same user", prefix: [], user: null };

describe("chooseSocketFolder", () => {
  const embedded = useEmbedded();

  it("takes the data folder while the socket's path fits, in bytes", () => {
    const fitting = `/${"é".repeat(43)}`;

    expect(chooseSocketFolder(fitting, sameUser, "/nowhere")).to.equal(fitting);
  });

  it("makes a closed folder in the temporary one otherwise, and takes it again", () => {
    const { dataDir, tmpDir } = longPath();

    const first = chooseSocketFolder(dataDir, sameUser, tmpDir);

    expect(dirname(first)).to.equal(tmpDir);
    expect(statSync(first).mode & 0o777).to.equal(0o700);
    expect(readlinkSync(`${dataDir}.socket`)).to.equal(first);
    expect(chooseSocketFolder(dataDir, sameUser, tmpDir)).to.equal(first);
  });

  it("does not trust a remembered folder that others may enter", () => {
    const { dataDir, tmpDir } = longPath();
    const first = chooseSocketFolder(dataDir, sameUser, tmpDir);
    chmodSync(first, 0o777);

    const second = chooseSocketFolder(dataDir, sameUser, tmpDir);

    expect(second).not.to.equal(first);
    expect(statSync(second).mode & 0o777).to.equal(0o700);
  });

  it("goes to /tmp when the temporary folder's path is too long as well", () => {
    const { dataDir } = longPath();

    const folder = chooseSocketFolder(dataDir, sameUser, `/${"t".repeat(100)}`);
    embedded.adoptFolder(folder);

    expect(dirname(folder)).to.equal("/tmp");
  });

  if (process.getuid?.() === 0) {
    it("gives the folder to the user that root becomes", () => {
      const { root, dataDir, tmpDir } = longPath();
      chmodSync(root, 0o755);

      const folder = chooseSocketFolder(dataDir, { ...sameUser, user: { uid: 65534, gid: 65534 } }, tmpDir);

      expect(statSync(folder)).to.include({ uid: 65534, gid: 65534 });
      expect(statSync(folder).mode & 0o777).to.equal(0o700);
    });
  }

  function longPath() {
    const root = embedded.folder();
    const [dataDir, tmpDir] = [join(root, "x".repeat(120), "pg"), join(root, "t")];
    mkdirSync(dirname(dataDir));
    mkdirSync(tmpDir);
    return { root, dataDir, tmpDir };
  }
});
