export { SeatResolver } from "./seat.resolver.js";
