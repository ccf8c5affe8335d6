import "preclear/widget";
import { hydrate, mount } from "svelte";
import Checkout from "./Checkout.svelte";

const target = document.querySelector("#app");
(target.firstElementChild ? hydrate : mount)(Checkout, { target });
