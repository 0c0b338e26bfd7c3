interface Answer {
  readonly data?: { startImport: { importJob: { id: string } | null; userErrors: unknown[] } } | null;
  readonly errors?: readonly { path?: unknown; extensions?: { code: string } }[];
}

/** Sends a CSV of contacts, as a browser would, to be written. */
export async function sendFile(url: string, token: string, file: string | Buffer): Promise<Answer> {
  const query = `mutation ($input: StartImportInput!) { startImport(input: $input) { importJob { id } userErrors { code } } }`;
  const input = { type: "CONTACTS", mode: "UPDATE", file: null };
  const form = new FormData();
  form.set("operations", JSON.stringify({ query, variables: { input } }));
  form.set("map", JSON.stringify({ 0: ["variables.input.file"] }));
  form.set("0", new Blob([new Uint8Array(Buffer.from(file))], { type: "text/csv" }), "contacts.csv");
  const headers = { authorization: `Bearer ${token}`, "x-graphql-csrf": "1" };
  const response = await fetch(url, { method: "POST", headers, body: form });
  return (await response.json()) as Answer;
}

/** As {@link sendFile}. @returns the id of the import */
export async function upload(url: string, token: string, file: string | Buffer): Promise<string> {
  const { data, errors } = await sendFile(url, token, file);
  if (!data?.startImport.importJob) throw new Error(JSON.stringify(errors ?? data));
  return data.startImport.importJob.id;
}
