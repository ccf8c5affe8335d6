import "preclear/widget";
import { renderToString } from "react-dom/server";
import { Checkout } from "./Checkout.jsx";

export const render = () => renderToString(<Checkout />);
