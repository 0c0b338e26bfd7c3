import { type FileId, type FileStore, institutionOf } from "./file-store.js";

/** Which of these files of one institution something still needs. */
export type FilesInUse = (institutionId: number, ids: readonly FileId[]) => Promise<ReadonlySet<FileId>>;

const asked = 500;

/**
 * Removes files that were written before an instant and that nothing names: uploads whose operation failed, and files
 * whose job ended while its process died.
 * @returns how many were removed
 */
export async function removeOrphans(store: FileStore, before: Date, inUse: FilesInUse): Promise<number> {
  const waiting = new Map<number, FileId[]>();
  let removed = 0;
  const settle = async (institutionId: number, ids: readonly FileId[]) => {
    const kept = await inUse(institutionId, ids);
    for (const id of ids) {
      if (kept.has(id)) continue;
      await store.remove(id);
      removed++;
    }
    waiting.delete(institutionId);
  };
  for await (const id of store.olderThan(before)) {
    const institutionId = institutionOf(id)!;
    const ids = [...(waiting.get(institutionId) ?? []), id];
    waiting.set(institutionId, ids);
    if (ids.length >= asked) await settle(institutionId, ids);
  }
  for (const [institutionId, ids] of [...waiting]) await settle(institutionId, ids);
  return removed;
}
