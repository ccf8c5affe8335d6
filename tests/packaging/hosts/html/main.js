import "preclear/widget";
import { basketWith, outcomeOf } from "../shop.js";

const form = document.querySelector("form");
const duties = form.querySelector("preclear-duties");
const { given, shown, outcome, told } = form.elements;
const states = [];

const ask = () => (duties.basket = basketWith(given.checked ? "valid" : "absent"));
given.addEventListener("change", ask);
shown.addEventListener("change", () => (shown.checked ? form.querySelector("button").before(duties) : duties.remove()));
duties.addEventListener("preclear-status", ({ detail }) => {
  states.push(detail.state);
  told.value = states.join(" ");
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  outcome.value = outcomeOf(duties.isConnected ? duties : null);
});
ask();
