import type { Caller } from "../../../platform/access/caller.js";
import type { Services } from "../../../platform/context.js";
import type { LinkPayload, LinkPlace } from "../../../platform/links/index.js";

/** Where files are fetched. */
export const filePlace: LinkPlace = { path: "/audience/file", purpose: "audience file" };

const lifetimeMs = 10 * 60_000;

/** What a link stands for: an export, and until when (milliseconds since 1970). */
export interface FileLink {
  readonly institutionId: number;
  readonly exportId: string;
  readonly until: number;
}

/** Where whoever has this address fetches the file, for ten minutes. */
export function downloadUrl({ links, clock }: Services, { institutionId }: Caller, exportId: string): string {
  return links.to(filePlace, [institutionId, exportId, clock.now().getTime() + lifetimeMs]);
}

/** What a token stands for; null for none of ours, and for one that has expired. */
export function fileLinkOf({ links, clock }: Services, token: string | null): FileLink | null {
  const payload: LinkPayload | null = links.read(filePlace, token);
  const [institutionId, exportId, until] = payload ?? [];
  if (typeof institutionId !== "number" || typeof exportId !== "string" || typeof until !== "number") return null;
  return until < clock.now().getTime() ? null : { institutionId, exportId, until };
}
