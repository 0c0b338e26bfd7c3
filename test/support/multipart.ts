/** One operation with a file for `input.file`, as the GraphQL multipart request specification says. */
export function multipart(operation: string, file: string): FormData {
  const form = new FormData();
  form.set("operations", operation);
  form.set("map", JSON.stringify({ 0: ["variables.input.file"] }));
  form.set("0", new Blob([file], { type: "text/csv" }), "contacts.csv");
  return form;
}
