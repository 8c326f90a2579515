// Keeps files (uploads, copies of remote media, exports) by key, on the local disk or in an S3-compatible store.
import { join } from 'node:path'
import { localBlobs } from './blobs/local.ts'
import { s3Blobs } from './blobs/s3.ts'
import type { Blobs } from './blobs/shapes.ts'
import type { Config } from './config.ts'

export type { BlobData, BlobEntry, BlobRange, Blobs, StoredBlob } from './blobs/shapes.ts'

/** The store that the settings name. */
export const createBlobs = (config: Pick<Config, 'dataDirectory' | 's3'>): Blobs =>
  config.s3
    ? s3Blobs(config.s3, join(config.dataDirectory, 'spool'))
    : localBlobs(join(config.dataDirectory, 'blobs'))
