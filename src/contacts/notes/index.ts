export { NoteResolver } from "./note.resolver.js";
