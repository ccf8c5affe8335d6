/** The glue of the whole engine: a file of its own, since most baskets do without it. */
export { default } from "preclear:whole";
