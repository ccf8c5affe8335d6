import "preclear/widget";
import { render as renderToString } from "svelte/server";
import Checkout from "./Checkout.svelte";

export const render = () => renderToString(Checkout).body;
