import "../peers";
export { type ExpectedFlow, type VeeamMatchers, veeamMatchers } from "./matchers";
