import "preclear/widget";
import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import Checkout from "./Checkout.vue";

export const render = () => renderToString(createSSRApp(Checkout));
