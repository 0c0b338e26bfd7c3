export { IngestResolver } from "./ingest.resolver.js";
