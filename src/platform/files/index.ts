export { DirectoryFileStore } from "./directory-store.js";
export { signFileReference, verifyFileReference } from "./file-reference.js";
export {
  FileNotFound,
  FileTooLarge,
  type StoredFile,
} from "./file-store.js";
export { removeOrphans } from "./orphans.js";
export { receiveUpload } from "./upload.js";
