export { IndicatorAdministrationResolver } from "./administration.resolver.js";
export { IndicatorResolver } from "./indicator.resolver.js";
export { recomputeIndicators, refreshIndicators, requestRun } from "./recompute.service.js";
export { indicatorSchedule, indicatorTask } from "./recompute.task.js";
