import "preclear/widget";
import { createRoot, hydrateRoot } from "react-dom/client";
import { Checkout } from "./Checkout.jsx";

const app = document.querySelector("#app");
if (app.firstElementChild) {
  hydrateRoot(app, <Checkout />);
} else {
  createRoot(app).render(<Checkout />);
}
