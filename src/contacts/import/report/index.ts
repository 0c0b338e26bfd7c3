export { findReportFile, reportPath, reportUrl } from "./report.service.js";
export { forgetReports, keepReport, selectExpiredReports, selectReportFiles } from "./report.sql.js";
export { writeReport } from "./report-file.js";
