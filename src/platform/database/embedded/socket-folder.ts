import { chownSync, lstatSync, mkdtempSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closedFolder, type Identity } from "./identity.js";
import { EmbeddedPostgresUnavailable } from "./unavailable.js";

/** Only a part of the socket's name, since there is no network port. */
export const socketPort = 5432;
/** The system's limit is 108 with the closing zero on Linux, 104 on macOS. */
const maxPathBytes = 103;

/** The socket's file in this folder. */
export const socketFileIn = (folder: string): string => join(folder, `.s.PGSQL.${socketPort}`);

/**
 * The folder for the server's socket, open to its user (and root) alone, for there is no password: the
 * data folder, or, when that path is too long for a socket, one in the temporary folder. That one is
 * remembered by a link beside the data folder and taken again by the next start.
 *
 * @throws EmbeddedPostgresUnavailable when the temporary folder's path is too long as well, or closed
 */
export function chooseSocketFolder(dataDir: string, identity: Identity, tmpDir: string = tmpdir()): string {
  if (fits(dataDir)) return dataDir;
  const record = `${dataDir}.socket`;
  const known = readRecord(record);
  if (known !== null && isPrivate(known, identity)) return known;
  const parent = [tmpDir, "/tmp"].find((folder) => isUsable(folder, identity));
  if (parent === undefined)
    throw new EmbeddedPostgresUnavailable(`the paths ${dataDir} and ${tmpDir} are too long or closed for a socket`);
  const folder = mkdtempSync(join(parent, "embedded-pg-"));
  if (identity.user) chownSync(folder, identity.user.uid, identity.user.gid);
  rmSync(record, { force: true });
  symlinkSync(folder, record);
  return folder;
}

const isUsable = (parent: string, identity: Identity): boolean =>
  fits(join(parent, "embedded-pg-XXXXXX")) && closedFolder(parent, identity) === null;

const fits = (folder: string): boolean => Buffer.byteLength(socketFileIn(folder)) <= maxPathBytes;

function readRecord(record: string): string | null {
  return lstatSync(record, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(record) : null;
}

/** A cleaner may have removed it, and then anyone may have made it anew. */
function isPrivate(folder: string, { user }: Identity): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return !!found?.isDirectory() && found.uid === (user?.uid ?? process.getuid?.()) && (found.mode & 0o077) === 0;
}
