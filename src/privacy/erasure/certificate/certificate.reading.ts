import DataLoader from "dataloader";
import { noteRead } from "../../../platform/access/confidential-reads.js";
import type { OperationContext } from "../../../platform/context.js";
import { assertFirst, type Connection, decodeCursor, page } from "../../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../../platform/graphql/opaque-id.js";
import { personalColumns, type TableDeclaration } from "../../../platform/personal-data/index.js";
import {
  ErasedIdentifierKind,
  ErasureCertificateState,
  ErasureFindingStore,
  PersonalDataKind,
} from "./certificate.enums.js";
import type { CertificatePageArguments } from "./certificate.inputs.js";
import type { ErasedTable, ErasureCertificate, ErasureFinding } from "./certificate.type.js";
import {
  type CertificateRow,
  type ShownFinding,
  selectCertificatePage,
  selectCertificates,
  selectCertificatesOfRuns,
  selectFindingPage,
  selectFindings,
} from "./certificate-reading.sql.js";
import { documentOf, isSealedAs } from "./document.js";

const rowOf = Symbol("row of a certificate");

/** With what resolves its fields. */
export type FoundCertificate = ErasureCertificate & { readonly runId: string | null; readonly [rowOf]: CertificateRow };

/** Null for an id of no certificate, and of one that does not exist for the caller. */
export async function findCertificate(context: OperationContext, id: string): Promise<FoundCertificate | null> {
  const key = decodeId("ErasureCertificate", id);
  return key === null ? null : certificateByKey(context, key);
}

export function certificateByKey(context: OperationContext, key: string): Promise<FoundCertificate | null> {
  return context.once(certificateLoader).load(key);
}

/** The certificate of a run (database id); null while it has erased nothing. */
export function certificateOfRun(context: OperationContext, runId: string): Promise<FoundCertificate | null> {
  return context.once(runLoader).load(runId);
}

function certificateLoader(context: OperationContext) {
  return new DataLoader<string, FoundCertificate | null>(async (ids) => {
    const rows = await selectCertificates(context.db, context.fields.clearance, ids);
    const byId = new Map(rows.map((row) => [row.id, toCertificate(context, row)]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

function runLoader(context: OperationContext) {
  return new DataLoader<string, FoundCertificate | null>(async (runIds) => {
    const rows = await selectCertificatesOfRuns(context.db, context.fields.clearance, runIds);
    const byRun = new Map(rows.map((row) => [row.runId, toCertificate(context, row)]));
    return runIds.map((id) => byRun.get(id) ?? null);
  });
}

/** The newest first. @throws CodedError BAD_USER_INPUT for a page that cannot be asked for */
export async function findCertificates(
  context: OperationContext,
  { first, after = null }: CertificatePageArguments,
): Promise<Connection<FoundCertificate>> {
  assertFirst(first);
  const before = positionOf(after);
  const rows = await selectCertificatePage(context.db, context.fields.clearance, { before, limit: first + 1 });
  const certificates = rows.map((row) => toCertificate(context, row));
  return page(certificates, { first, after }, (certificate) => [certificate[rowOf].id]);
}

/** An id in a cursor; a cursor that nobody was given stands behind everything. */
function positionOf(after: string | null): string | null {
  const position = decodeCursor(after, 1)?.map(String)[0] ?? null;
  return position === null || /^\d{1,18}$/.test(position) ? position : "0";
}

function toCertificate({ ports }: OperationContext, row: CertificateRow): FoundCertificate {
  const { runId, rule, erasedBy, anonymized, deleted, createdAt, closedAt, provedAt, pass } = row;
  const declarations = ports.erasers.flatMap(({ personalData }) => personalData);
  return {
    ...{ runId, rule, erasedBy, anonymized, deleted, createdAt, closedAt, provedAt },
    id: encodeId("ErasureCertificate", row.id),
    state: row.status === "DONE" ? ErasureCertificateState.COMPLETE : ErasureCertificateState.PENDING,
    erased: erasedTables(row.erased, declarations),
    // versions before this one looked into fewer files, and did not count the others
    pass: pass && { tables: 0, files: 0, unreadFiles: 0, bytes: 0, isCut: false, ...pass },
    [rowOf]: row,
  };
}

function erasedTables(erased: CertificateRow["erased"], declarations: readonly TableDeclaration[]): ErasedTable[] {
  const byTable = new Map(declarations.map((each) => [each.table, each]));
  return Object.keys(erased)
    .toSorted()
    .map((table) => ({
      ...{ subgraph: table.split(".")[0]!, table, rows: erased[table]! },
      kinds: kindsOf(byTable.get(table)),
    }));
}

/** What an erasure takes out of a table; of those it only takes a name out of, that it was about him. */
function kindsOf(declaration: TableDeclaration | undefined): PersonalDataKind[] {
  const columns = declaration ? personalColumns(declaration) : [];
  const erased = columns.filter(({ erasure }) => erasure !== "KEPT");
  const kinds = (erased.length > 0 ? erased : columns).map(({ kind }) => PersonalDataKind[kind]);
  return [...new Set(kinds)].toSorted();
}

/** What the pass found, in the order in which it did. @throws CodedError BAD_USER_INPUT for a page that cannot be asked for */
export async function findingsOf(
  context: OperationContext,
  certificate: FoundCertificate,
  { first, after = null }: CertificatePageArguments,
): Promise<Connection<ErasureFinding>> {
  assertFirst(first);
  const wanted = { after: positionOf(after) ?? "0", limit: first + 1 };
  const rows = await selectFindingPage(context.db, certificate[rowOf].id, wanted);
  const { edges, pageInfo } = page(rows, { first, after }, ({ id }) => [id]);
  const shown = edges.map(({ cursor, node }) => ({ cursor, node: toFinding(context, node) }));
  return { edges: shown, nodes: shown.map(({ node }) => node), pageInfo };
}

function toFinding(context: OperationContext, { kind, place, rowKey, contactId, contactLevel }: ShownFinding) {
  if (contactLevel !== null) noteRead(context, contactId, contactLevel);
  const store = place === "file" ? "FILE" : place === "mail" ? "MAIL" : "TABLE";
  const dot = place.lastIndexOf(".");
  return {
    ...{ kind: ErasedIdentifierKind[kind as ErasedIdentifierKind], store: ErasureFindingStore[store], rowKey },
    table: store === "TABLE" ? place.slice(0, dot) : null,
    column: store === "TABLE" ? place.slice(dot + 1) : null,
    contact: contactLevel === null ? null : { id: encodeId("Contact", contactId) },
  };
}

/** Whether a certificate says what it said when it was sealed; null while it is not, and of versions that sealed none. */
export async function isIntact(context: OperationContext, certificate: FoundCertificate): Promise<boolean | null> {
  const { seal } = certificate[rowOf];
  if (seal === null) return null;
  const document = await documentText(context, certificate);
  return isSealedAs(context.services.identityKeys, document, seal);
}

/** The certificate as it is taken out. */
export async function documentText(context: OperationContext, certificate: FoundCertificate): Promise<string> {
  const row = certificate[rowOf];
  return documentOf(context.caller.institutionId, row, await context.once(findingLoader).load(row.id));
}

/** As it is kept beside a certificate; null without one. */
export const keptSeal = (certificate: FoundCertificate): Buffer | null => certificate[rowOf].seal;

function findingLoader({ db }: OperationContext) {
  return new DataLoader<string, Awaited<ReturnType<typeof selectFindings>>>(async (ids) => {
    const byCertificate = Map.groupBy(await selectFindings(db, ids), ({ certificateId }) => certificateId);
    return ids.map((id) => byCertificate.get(id) ?? []);
  });
}
