export { IngestResolver } from "./ingest.resolver.js";
export { ingestTask } from "./ingest.task.js";
export { ingestJobs } from "./ingest-run.sql.js";
