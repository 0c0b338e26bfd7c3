/** What a pass has read. */
export interface ReadReport {
  tables: number;
  bytes: number;
  /** With those that are packed in others. */
  files: number;
  /** Could not be looked into. */
  unreadFiles: number;
  /** There was more to look at than anybody could. */
  isCut: boolean;
}
