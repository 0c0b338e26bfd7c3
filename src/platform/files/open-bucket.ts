import {
  GetBucketVersioningCommand,
  ListMultipartUploadsCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { Config } from "../config.js";
import { StartupError } from "../errors/startup-error.js";
import type { FileStore } from "./file-store.js";
import { storeFailure } from "./s3-failure.js";
import { S3FileStore } from "./s3-store.js";

/** So that a request fails before whoever asked gives up; the client itself tries twice more. */
const connectionTimeoutMs = 3_000;
const silenceMs = 30_000;

/**
 * The bucket of this configuration, once it was seen to be there, and to let go of what is removed.
 * @throws StartupError
 */
export async function openBucket(bucket: string, config: Config): Promise<FileStore> {
  const client = await clientOf(config);
  const place = { bucket, prefix: config.fileStoreS3Prefix ?? "", encryption: config.fileStoreS3Encryption };
  const store = new S3FileStore(client, place);
  try {
    await store.check();
    await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: place.prefix, MaxUploads: 1 }));
    await refuseVersions(client, bucket);
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(
      "FILE_STORE_UNREACHABLE",
      `The bucket ${bucket} of FILE_STORE_S3_BUCKET cannot be used: ${storeFailure(error).reason}. Check the other FILE_STORE_S3_… settings, the credentials and what they allow (docs/operations.md, Files).`,
    );
  }
  return store;
}

async function clientOf(config: Config): Promise<S3Client> {
  const { fileStoreS3Region: region, fileStoreS3Endpoint: endpoint, fileStoreS3PathStyle: pathStyle } = config;
  const client = new S3Client({
    ...(region !== null && { region }),
    ...(endpoint !== null && { endpoint }),
    forcePathStyle: pathStyle ?? false,
    requestHandler: { connectionTimeout: connectionTimeoutMs, socketTimeout: silenceMs },
  });
  await client.config.region().catch(() => {
    throw new StartupError(
      "SETTING_INVALID",
      "FILE_STORE_S3_REGION is missing: no region follows from AWS_REGION or a profile. Any word will do for most servers that are not of AWS.",
    );
  });
  return client;
}

/**
 * A bucket that keeps versions keeps every removed file: exports would outlive their seven days, and erased people stay in
 * the files of their imports.
 */
async function refuseVersions(client: S3Client, bucket: string): Promise<void> {
  const versioning = await client.send(new GetBucketVersioningCommand({ Bucket: bucket })).catch(unlessUnknown);
  if (versioning?.Status !== "Enabled") return;
  throw new StartupError(
    "FILE_STORE_UNFIT",
    `The bucket ${bucket} of FILE_STORE_S3_BUCKET keeps old versions, so that nothing in it would ever be erased. Suspend its versioning and delete the versions, or use a bucket without.`,
  );
}

/** Null from servers that are not of AWS and have no versions: the method is not allowed, or not implemented. */
function unlessUnknown(error: unknown): null {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  if (status === 405 || status === 501) return null;
  throw error;
}
