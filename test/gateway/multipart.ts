import { connect } from "node:net";
import { type Answer, answer, type ToyServer } from "../platform/http/toy-servers.js";

export const megabyte = 2 ** 20;
export const sumMutation = "mutation ($file: Upload!) { sum(file: $file) { filename bytes sha256 } }";

export interface Multipart {
  query?: string;
  variables?: object;
  map?: object;
  files?: Record<string, Blob>;
  headers?: Record<string, string>;
}

export async function upload(
  server: ToyServer,
  { query = sumMutation, variables, map, files, headers }: Multipart,
): Promise<Answer> {
  const form = new FormData();
  form.set("operations", JSON.stringify({ query, variables: variables ?? { file: null } }));
  form.set("map", JSON.stringify(map ?? { 0: ["variables.file"] }));
  for (const [name, file] of Object.entries(files ?? { 0: new Blob(["hello"]) })) form.set(name, file, `${name}.csv`);
  return answer(
    await fetch(server.url, { method: "POST", body: form, headers: { "x-graphql-csrf": "1", ...headers } }),
  );
}

export const boundary = "----toy";
export const part = (name: string, content: string, more = "") =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`;
export const head = (query = sumMutation) =>
  part("operations", JSON.stringify({ query, variables: { file: null } })) +
  part("map", JSON.stringify({ 0: ["variables.file"] })) +
  `--${boundary}\r\ncontent-disposition: form-data; name="0"; filename="a.csv"\r\n\r\n`;

/** A request by hand, that says it is `length` bytes long, so that a test can stop or cut it anywhere. */
export function open(server: ToyServer, length: number, firstBytes: string) {
  const { port } = new URL(server.url);
  const socket = connect(Number(port), "127.0.0.1");
  const lines = ["POST /graphql HTTP/1.1", "host: toy", "x-graphql-csrf: 1", `content-length: ${length}`];
  socket.write(`${lines.join("\r\n")}\r\ncontent-type: multipart/form-data; boundary=${boundary}\r\n\r\n${firstBytes}`);
  let received = "";
  const closed = new Promise<string>((resolve) => {
    socket.on("data", (chunk) => (received += chunk));
    socket.on("error", () => resolve(received));
    socket.on("close", () => resolve(received));
  });
  return { socket, closed };
}

export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((turn) => setImmediate(turn));
}

/** False when the socket stays full for a while: the server does not take more. */
export function drained(socket: ReturnType<typeof connect>): Promise<boolean> {
  return new Promise((resolve) => {
    const full = setTimeout(() => resolve(false), 500);
    socket.once("drain", () => {
      clearTimeout(full);
      resolve(true);
    });
  });
}
