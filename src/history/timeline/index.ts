export { TimelineResolver } from "./timeline.resolver.js";
