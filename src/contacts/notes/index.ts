export { NoteResolver } from "./note.resolver.js";
export { hasNotes } from "./note.service.js";
