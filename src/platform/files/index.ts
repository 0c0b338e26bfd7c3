export { DirectoryFileStore } from "./directory-store.js";
export { signFileReference, verifyFileReference } from "./file-reference.js";
export {
  FileNotFound,
  type FileStore,
  FileStoreFailed,
  FileTooLarge,
  institutionOf,
  type StoredFile,
} from "./file-store.js";
export { openFileStore } from "./open-file-store.js";
export { type FilesInUse, removeOrphans } from "./orphans.js";
export { receiveFile, storeUpload } from "./upload.js";
