import type { Calendar } from "./demo-calendar.js";

/** The data protection officer, whose runs they are: his rights as a token says them. */
const officer = {
  login: "op-1031",
  claims: {
    ...{ subject: "op-1031", kind: "OPERATOR", institution: "demo", organizations: ["OPERA", "MUSEUM"], clearance: 2 },
    ...{ roles: ["DATA_PROTECTION_OFFICER"], permissions: [] },
  },
};

const months = 36;
/** As any plan has one; its list was deleted 30 days after it ended. */
const formerPlan = "5d3f0c6f7b1e4a92c8e0d7a6b4f1938270c5e9ab16d2f48377e1b0c4a5d69f28";

/** The run of three months ago that anonymized somebody, its plan, and its certificate, which the worker is to complete. */
export function runRows(calendar: Calendar): Readonly<Record<string, readonly object[]>> {
  const at = (time: string) => calendar.instant(-90, time);
  const cutoff = calendar.monthsBefore(calendar.day(-90), months);
  const run = {
    ...{ organization: "OPERA", inactivity_months: months, day: calendar.day(-90), is_as_of: false, cutoff },
    ...{ customer_cutoff: cutoff, prospect_cutoff: cutoff, plan_hash: formerPlan, is_carried_out: false, clearance: 2 },
    ...{ started_by: officer.login, started_by_kind: "OPERATOR", claims: officer.claims, request_id: "demo" },
    ...{ status: "DONE", kept_active: 0, excluded_hold: 0, excluded_debtor: 0, excluded_creditor: 0, anonymized: 1 },
    ...{ deleted: 0, changed: 0, tickets: 1, orders: 0, cursor_id: 0, chunk: 3, fence: 1, vain_runs: 0 },
    items_deleted_at: calendar.instant(-60, "02:41"),
  };
  const timed = (begun: string, ended: string) => ({
    ...{ created_at: at(begun), started_at: at(begun), finished_at: at(ended) },
  });
  const entry = (code: string, time: string, count: number | null = null) => ({ run_id: 2, code, at: at(time), count });
  return {
    "privacy.anonymization_run": [
      {
        ...{ ...run, ...timed("01:30", "01:31"), id: 1, mode: "SIMULATION", phase: "CONTACTS", plan_id: null },
        ...{ total: 200, processed: 200 },
      },
      {
        ...{ ...run, ...timed("02:00", "02:01"), id: 2, mode: "RUN", phase: "ORDERS", plan_id: 1 },
        ...{ total: 1, processed: 1 },
      },
    ],
    "privacy.anonymization_run_log": [
      entry("RUN_STARTED", "02:00"),
      entry("RUN_CONTACTS_DONE", "02:01", 1),
      entry("RUN_TICKETS_DONE", "02:01", 1),
      entry("RUN_ORDERS_DONE", "02:01", 0),
      entry("RUN_DONE", "02:01"),
    ],
    "privacy.erasure_certificate": [
      {
        ...{ run_id: 2, rule: `INACTIVITY:${months}`, actor: officer.login, actor_kind: "OPERATOR", source: "BATCH" },
        ...{ status: "PENDING", anonymized: 1, removed: 0, proof_key: `\\x${formerPlan}` },
        erased: {
          ...{ "contacts.contact": 1, "contacts.contact_address": 1, "contacts.contact_word": 2 },
          ...{ "marketing.contact_marketing": 1, "marketing.authorization_change": 1, "history.ticket": 1 },
        },
        ...{ created_at: at("02:00"), closed_at: at("02:01") },
      },
    ],
  };
}

/** A simulation of today, for the worker to make. */
export function simulationRow(calendar: Calendar): object {
  const cutoff = calendar.monthsBefore(calendar.today, months);
  return {
    ...{ mode: "SIMULATION", organization: "OPERA", inactivity_months: months, day: calendar.today, is_as_of: false },
    ...{ cutoff, customer_cutoff: cutoff, prospect_cutoff: cutoff, clearance: 2 },
    ...{ started_by: officer.login, started_by_kind: "OPERATOR", claims: officer.claims, request_id: "demo" },
  };
}
