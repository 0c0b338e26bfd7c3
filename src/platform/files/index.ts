export { DirectoryFileStore } from "./directory-store.js";
export { signFileReference, verifyFileReference } from "./file-reference.js";
export {
  type FileId,
  FileNotFound,
  type FileStore,
  FileTooLarge,
  institutionOf,
  type StoredFile,
} from "./file-store.js";
export { type FilesInUse, removeOrphans } from "./orphans.js";
export { receiveUpload } from "./upload.js";
