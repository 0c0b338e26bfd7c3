export { DirectoryFileStore } from "./directory-store.js";
export { signFileReference, verifyFileReference } from "./file-reference.js";
export {
  FileNotFound,
  type FileStore,
  FileTooLarge,
  institutionOf,
  type StoredFile,
} from "./file-store.js";
export { type FilesInUse, removeOrphans } from "./orphans.js";
export { receiveFile } from "./upload.js";
