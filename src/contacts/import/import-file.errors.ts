/** The file, or the job, as a whole is refused: no row is looked at. Codes are part of the API. Source: domain 6.3 */
export class ImportRefused extends Error {
  override readonly name = "ImportRefused";

  /** @param parameters for the message; positions and limits, never content of the file */
  constructor(
    readonly code: string,
    readonly parameters: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
  }
}
