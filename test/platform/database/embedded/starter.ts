// A process that starts an embedded PostgreSQL, says so on its output, and stays until it is killed.
import { startEmbedded } from "../../../../src/platform/database/embedded/index.js";

const postgres = await startEmbedded(JSON.parse(process.argv[2]!));
console.log(JSON.stringify(postgres));
setInterval(() => undefined, 60_000);
