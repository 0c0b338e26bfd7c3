export { RemarkResolver } from "./remark.resolver.js";
