export { recomputeIndicators, refreshIndicators, requestRun } from "./recompute.service.js";
export { indicatorSchedule, indicatorTask } from "./recompute.task.js";
