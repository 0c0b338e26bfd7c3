export { DirectoryFileStore } from "./directory-store.js";
export { signFileReference, verifyFileReference } from "./file-reference.js";
export {
  type FileId,
  FileNotFound,
  FileTooLarge,
} from "./file-store.js";
export { type FilesInUse, removeOrphans } from "./orphans.js";
export { receiveFile } from "./upload.js";
