import { bucketName, keyPrefix, oneOf, optional, type Setting, text, url, yesOrNo } from "../settings.js";

/** Where files are kept: in a folder, or in a bucket of S3. */
export const fileSettings = {
  fileStoreDir: optional(
    "FILE_STORE_DIR",
    text,
    "Folder for uploaded files; all parts must reach the same one. `files` in DATA_DIR by default.",
  ),
  fileStoreS3Bucket: optional(
    "FILE_STORE_S3_BUCKET",
    bucketName,
    "Keeps the files in this bucket of S3, or of a server with its protocol, in place of a folder. The credentials are found as every client of AWS finds them: `AWS_…` variables, profiles, roles.",
  ),
  fileStoreS3Prefix: optional(
    "FILE_STORE_S3_PREFIX",
    keyPrefix,
    "What the keys of the files begin with, such as `contact-files/`, where the bucket has others.",
  ),
  fileStoreS3Region: optional(
    "FILE_STORE_S3_REGION",
    text,
    "Region of the bucket. By default that of AWS_REGION or of the profile.",
  ),
  fileStoreS3Endpoint: optional(
    "FILE_STORE_S3_ENDPOINT",
    url("http", "https"),
    "Address of a server that is not of AWS.",
  ),
  fileStoreS3PathStyle: optional(
    "FILE_STORE_S3_PATH_STYLE",
    yesOrNo,
    "Puts the bucket behind the host in addresses, not before it, as most servers that are not of AWS need it.",
  ),
  fileStoreS3Encryption: optional(
    "FILE_STORE_S3_ENCRYPTION",
    oneOf("AES256", "aws:kms", "aws:kms:dsse"),
    "Encryption at rest to ask for, `aws:kms` with the key that the bucket names. By default what the bucket is set to.",
  ),
} satisfies Record<string, Setting<unknown>>;

type FileConfig = { readonly [Key in keyof typeof fileSettings]: ReturnType<(typeof fileSettings)[Key]["parse"]> };

/** What of two settings one would silently make useless, as a sentence for who set them; null when they agree. */
export function contradictionOfFiles(config: FileConfig): string | null {
  if (config.fileStoreS3Bucket !== null)
    return config.fileStoreDir === null
      ? null
      : "FILE_STORE_DIR and FILE_STORE_S3_BUCKET are both set: files lie in one place. Leave one of them out.";
  const ofS3 = ["Prefix", "Region", "Endpoint", "PathStyle", "Encryption"] as const;
  const lost = ofS3.map((one) => `fileStoreS3${one}` as const).find((key) => config[key] !== null);
  return lost ? `${fileSettings[lost].name} is nothing without FILE_STORE_S3_BUCKET: set it, or leave both out.` : null;
}
