/** A text with `{name}` replaced by the value of that name, once: what stands in a value is not looked through again. */
export function fillText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? "");
}
