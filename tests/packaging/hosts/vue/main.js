import "preclear/widget";
import { createApp, createSSRApp } from "vue";
import Checkout from "./Checkout.vue";

const app = document.querySelector("#app");
(app.firstElementChild ? createSSRApp : createApp)(Checkout).mount(app);
