export { IndicatorAdministrationResolver } from "./administration.resolver.js";
export { IndicatorResolver } from "./indicator.resolver.js";
export { ContactSummary } from "./indicator.type.js";
export { recomputeIndicators, refreshIndicators, requestRun } from "./recompute.service.js";
export { indicatorSchedule, indicatorTask } from "./recompute.task.js";
export { resolveContactSummary } from "./summary.reference.js";
