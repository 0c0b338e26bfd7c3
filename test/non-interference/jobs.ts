import type { View } from "./belongings.js";
import type { Row, Rows } from "./rows.js";
import { permissionsOf, type Setting } from "./settings.js";
import { criteria, type Side } from "./world.js";

const at = "2026-01-15T10:00:00Z";

/**
 * Imports with what became of their rows, and keys of mutations that others have made.
 * @param peopleHere ids of the contacts of this side
 */
export function jobsOf(setting: Setting, view: View, peopleHere: readonly number[]): Rows {
  const { side } = view;
  const jobs = importJobs(setting, side);
  return [
    ["contacts.import_job", jobs],
    ["contacts.import_row", jobs.flatMap(({ id }) => importRows(id, setting, view, peopleHere))],
    ["contacts.import_template", templatesOf(setting, side)],
    ["platform.idempotency_key", keysOfOthers(side)],
  ];
}

/** The first three are for everyone who may import; the others were started with clearance CONFIDENTIAL. */
function importJobs({ askers, institutionId }: Setting, side: Side): Row[] {
  const isSeen = askers.some((each) => permissionsOf(each).has("import:run"));
  const ids = side === "A" ? [1, 2, 3, 4, 6] : isSeen ? [1, 2, 3, 4, 5] : [4, 5];
  return ids.map((id) => ({
    ...{ id, import_type: "CONTACTS", mode: "UPDATE", on_match: "SKIP", cursor_line: 6, total: 5 },
    ...{ fence: 1, vain_runs: 0 },
    ...{ status: id === 3 || id === 4 ? "QUEUED" : "DONE_WITH_ERRORS", clearance: id <= 3 ? 0 : 2, claims: {} },
    file_id: `${institutionId}.${String(id).padStart(32, "0")}`,
    ...{ started_by: id === 2 ? "free.partner" : "somebody", started_by_kind: id === 2 ? "PARTNER" : "OPERATOR" },
    ...{ created: 1, updated: 0, unchanged: 0, skipped: 2, errors: id === 4 && side === "B" ? 9 : 2 },
    ...{ created_at: at, started_at: at, finished_at: at },
  }));
}

/** On side B nobody stands where a row names a stranger. */
function importRows(job_id: unknown, { isHidden }: Setting, view: View, peopleHere: readonly number[]): Row[] {
  const { side } = view;
  const named = (id: number) => (peopleHere.includes(id) && !(side === "B" && isHidden(id)) ? id : null);
  const problems = [{ code: "INVALID_EMAIL", column: "email" }];
  return [
    { job_id, line: 2, outcome: "CREATED", contact_id: 11 },
    { job_id, line: 3, outcome: "SKIPPED", contact_id: named(102) },
    { job_id, line: 4, outcome: "SKIPPED", contact_id: named(101) },
    { job_id, line: 5, outcome: "ERROR", contact_id: null, problems },
    { job_id, line: 6, outcome: "ERROR", contact_id: null, problems },
    ...[11, 17, 101, 102].map((id, index) => {
      const row = { job_id, line: 7 + index, outcome: index % 2 === 0 ? "WOULD_UPDATE" : "UPDATED" };
      return { ...row, contact_id: named(id), ...(named(id) && changesOf(view)) };
    }),
  ];
}

/** Of criteria of each level, authorizations, and fields that can be withheld. */
function changesOf({ side, isCriterionHidden }: View): Row {
  const changed = criteria.map(({ id, level }) => {
    const isOther = side === "B" && isCriterionHidden(level);
    return { id, was: [isOther ? "BALLET" : "OPERA"], is: [isOther ? "OPERA" : "BALLET"], isVerified: false };
  });
  const fields = ["lastName", "phone", "town"].map((field) => ({ field, was: "A", became: "B" }));
  const authorizations = { was_agreed: 8, was_refused: 16, is_agreed: 16, is_refused: 8, unverified: 8 };
  return { ...authorizations, criteria: changed, fields };
}

/** One of each caller's own, and somebody's. */
function templatesOf({ askers }: Setting, side: Side): Row[] {
  const common = {
    import_type: "AUTHORIZATIONS",
    target_id: 1,
    delimiter: ";",
    locale: "en",
    clearance: 0,
    claims: {},
  };
  const ended = { notice_version: 1, fence: 1, vain_runs: 0, created_at: at, finished_at: at };
  const own = askers.map(({ login, kind }, index) => ({
    ...{ ...common, ...ended, id: index + 1, requested_by: login, requested_by_kind: kind },
    ...{ status: "FAILED", failure_code: "TEMPLATE_INTERRUPTED" },
  }));
  const others = { ...common, ...ended, requested_by: "somebody", requested_by_kind: "OPERATOR" };
  return [...own, { ...others, id: 90, status: "READY", row_count: side === "A" ? 3 : 4 }];
}

/** Keys are each caller's own. */
function keysOfOthers(side: Side): Row[] {
  if (side === "B") return [];
  return ["createContact", "updateContact", "setAuthorizations"].map((mutation) => ({
    ...{ caller: "OPERATOR:somebody.else", mutation, key: "key-1", input_digest: "\\x00", created_at: at },
    result_ids: { contact: "102" },
  }));
}
