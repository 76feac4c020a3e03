export { dial } from "./socket";
