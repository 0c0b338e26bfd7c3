export { ContactCriteriaResolver } from "./contact-criteria.resolver.js";
export { missingCriteria } from "./contact-criteria.service.js";
export { hasCriterion } from "./contact-criteria.sql.js";
export { CriterionResolver } from "./criterion.resolver.js";
export { type CriterionTerm, criterionTerms } from "./criterion-filter.js";
export { criteriaInputProblems, firstText, writeCriteria } from "./set-criteria.service.js";
