import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  getOperationAST,
  isInputObjectType,
  OperationTypeNode,
  typeFromAST,
} from "graphql";
import { processRequest } from "graphql-upload-minimal";
import type { GraphQLParams, Plugin } from "graphql-yoga";
import { isArrivingUpload, type StoredFileReference, type UploadedFile } from "../platform/graphql/upload-scalar.js";
import { requestFault } from "../platform/http/request-fault.js";
import { announceFaults } from "./uploaded-file.js";

export interface StreamingUploadOptions {
  /** Of each file, in bytes. */
  maxFileSize?: number;
  /** Several files of one request must be read in their order: nothing is kept on disk. */
  maxFiles?: number;
  /** Throws to refuse the request before a byte of its body is read. */
  authorize?(request: Request): void | Promise<void>;
  /**
   * Where files go when the subgraph that takes them runs apart: streamed there after validation, just before
   * execution; the operation then carries the reference in place of the file.
   */
  store?(file: UploadedFile, context: object): Promise<StoredFileReference>;
}

interface NodeExchange {
  req: IncomingMessage;
  res: ServerResponse;
}

const maxFieldSize = 1_000_000;
/** How long a refused caller may go on sending, so that it reads the answer before the connection closes. */
const lingerMs = 500;

/**
 * Multipart requests (GraphQL multipart request specification) whose files stream from the socket into the resolver,
 * with the back-pressure of the resolver on the caller and little memory for any size. The operation is read, limited
 * and validated before its file is. Yoga's own way buffers whole files and refuses 25 MB.
 *
 * Codes: `MULTIPART_NOT_ALLOWED` (400, the operation is no mutation whose variables
 * hold an `Upload`), `PAYLOAD_TOO_LARGE`
 * (413), `UPLOAD_FILE_MISSING` and `UPLOAD_INTERRUPTED` (400), `BAD_REQUEST` (400). Only behind a Node server; give the
 * gateway `multipart: false`, and mind that Node's `requestTimeout` also ends slow uploads.
 */
export function useStreamingUpload(options: StreamingUploadOptions = {}): Plugin {
  const { maxFileSize = 2 ** 30, maxFiles = 1, authorize, store } = options;
  const exchanges = new WeakMap<Request, NodeExchange>();

  return {
    onRequest({ request, setRequest, fetchAPI, serverContext }) {
      const { req, res } = serverContext as Partial<NodeExchange>;
      if (!req || !res || request.method !== "POST" || !isMultipart(request)) return;
      // Without a body and its length, so that nobody but us reads it and yoga's limit on bodies does not apply.
      const headers = new fetchAPI.Headers(request.headers);
      headers.delete("content-length");
      headers.delete("transfer-encoding");
      const bodyless = new fetchAPI.Request(request.url, { method: "POST", headers, signal: request.signal });
      exchanges.set(bodyless, { req, res });
      setRequest(bodyless);
    },
    onRequestParse({ request, setRequestParser }) {
      const exchange = exchanges.get(request);
      if (!exchange) return;
      setRequestParser(async () => {
        await authorize?.(request);
        const params = await readOperation(exchange, { maxFileSize, maxFiles });
        announceFaults(params.variables, maxFileSize);
        return params;
      });
    },
    onValidate({ context, params: { schema, documentAST } }) {
      if (!exchanges.has(context.request)) return;
      return ({ valid }) => {
        if (valid && !takesFile(schema, documentAST, context.params?.operationName))
          throw requestFault(
            "MULTIPART_NOT_ALLOWED",
            400,
            "Only a mutation with an Upload in its variables may be multipart.",
          );
      };
    },
    async onExecute({ args }) {
      if (store && exchanges.has(args.contextValue.request))
        args.variableValues = await stored(args.variableValues, (file) => store(file, args.contextValue));
    },
    onResponse({ request, response }) {
      const exchange = exchanges.get(request);
      if (exchange && !exchange.req.complete) hangUp(exchange, response);
    },
  };
}

function isMultipart(request: Request): boolean {
  return !!request.headers.get("content-type")?.trim().toLowerCase().startsWith("multipart/form-data");
}

async function readOperation(
  { req, res }: NodeExchange,
  limits: { maxFileSize: number; maxFiles: number },
): Promise<GraphQLParams> {
  const { maxFiles, maxFileSize } = limits;
  outliveParserErrors(req);
  // One byte more, because the parser calls a file truncated that has just the size it was given.
  const operation = await processRequest(req, res, { maxFiles, maxFileSize: maxFileSize + 1, maxFieldSize }).catch(
    (error: Error) => {
      throw unreadable(error);
    },
  );
  if (Array.isArray(operation))
    throw requestFault("BAD_REQUEST", 400, "A multipart request has one operation, no batch.");
  return operation as GraphQLParams;
}

/**
 * The library listens for the first error of its parser only. A broken header of a part makes it two, and one that
 * nobody listens for ends the process.
 */
function outliveParserErrors(req: IncomingMessage): void {
  const pipe = req.pipe.bind(req);
  req.pipe = (parser, options) => {
    parser.on("error", () => undefined);
    return pipe(parser, options);
  };
}

/** The library quotes paths and names of the request in some of its messages: they stay here. */
function unreadable(error: Error): GraphQLError {
  if ("status" in error && error.status === 413)
    return requestFault("PAYLOAD_TOO_LARGE", 413, "The request has more or larger parts than allowed.");
  return requestFault("BAD_REQUEST", 400, "The body is not a GraphQL multipart request: operations, map, then files.");
}

function takesFile(schema: GraphQLSchema, document: DocumentNode, operationName: string | null | undefined): boolean {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.MUTATION) return false;
  return !!operation.variableDefinitions?.some(({ type }) =>
    holdsUpload(typeFromAST(schema, type as never), new Set()),
  );
}

function holdsUpload(type: GraphQLType | undefined, seen: Set<GraphQLType>): boolean {
  const named = getNamedType(type);
  if (!named || seen.has(named)) return false;
  seen.add(named);
  if (!isInputObjectType(named)) return named.name === "Upload";
  return Object.values(named.getFields()).some((field) => holdsUpload(field.type, seen));
}

/** One after the other, in the order of the variables: a later file arrives only when the earlier ones are read. */
async function stored(value: unknown, store: (file: UploadedFile) => Promise<StoredFileReference>): Promise<never> {
  if (isArrivingUpload(value)) return (await store(await value.promise)) as never;
  if (typeof value !== "object" || value === null) return value as never;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
  for (const [key, inner] of Object.entries(value)) Object.assign(copy, { [key]: await stored(inner, store) });
  return copy as never;
}

/** The caller is still sending what nobody will read: answer now, then end the connection. */
function hangUp({ req, res }: NodeExchange, response: Response): void {
  response.headers.set("connection", "close");
  res.once("finish", () => {
    req.unpipe();
    req.resume();
    setTimeout(() => req.destroy(), lingerMs).unref();
  });
}
