// The three parts of the form: where it goes, who orders, the address.

import { areaOf, channelOf, currencyOf, destinationOf } from "./destinations.js";
import { h } from "./dom.js";
import { charged } from "./prices.js";
import { announce, country, destinations, money, t } from "./page.js";
import { state } from "./store.js";

const FIELDS = [
  ["name", "name"],
  ["telephone", "tel"],
  ["region", "address-level1"],
  ["city", "address-level2"],
  ["street", "street-address"],
  ["postal", "postal-code"],
];

/** An amount as it may be written. */
export const AMOUNT = /^\d{1,9}(\.\d{1,2})?$/;

const part = (id, title, ...content) =>
  h("section", { class: "panel", "aria-labelledby": id }, h("h2", { id }, t(title)), content);

export function destinationForm(changed) {
  const channels = h("div", {});
  const areas = h("div", { class: "field" });
  const showAreas = () => {
    const chosen = h(
      "select",
      { id: "area", name: "area", autocomplete: "off", on: { change: () => ((state.area = chosen.value), changed()) } },
      Object.entries(destinationOf(state.destination).areas ?? {}).map(([code, name]) => h("option", { value: code, selected: code === areaOf(state) }, name)),
    );
    areas.hidden = areaOf(state) === null;
    areas.replaceChildren(h("label", { for: "area" }, t("field.region")), chosen);
  };
  const showChannels = () => {
    const destination = destinationOf(state.destination);
    if (destination.channels.length === 1) {
      channels.replaceChildren(h("p", { class: "muted" }, t("checkout.from", { country: country(destination.channels[0].shipFrom) })));
      return;
    }
    const chosen = channelOf(state);
    channels.replaceChildren(
      h(
        "fieldset",
        { id: "channel", tabIndex: -1 },
        h("legend", {}, t("checkout.channel")),
        destination.channels.map(({ id, shipping }) =>
          h(
            "label",
            { class: "option" },
            h("input", { type: "radio", name: "channel", value: id, checked: id === chosen.id, on: { change: () => ((state.channel = id), changed()) } }),
            h("span", {}, h("strong", {}, t(`channel.${id}`)), h("span", { class: "muted small" }, t(`channel.${id}.note`))),
            h("span", { class: "price" }, money(charged(shipping, currencyOf(state)))),
          ),
        ),
      ),
    );
  };
  const select = h(
    "select",
    {
      id: "country",
      name: "country",
      autocomplete: "country",
      on: {
        change: () => {
          state.destination = select.value;
          showAreas();
          showChannels();
          changed();
        },
      },
    },
    destinations().map(([code, name]) => h("option", { value: code, selected: code === state.destination }, name)),
  );
  showAreas();
  showChannels();
  const countries = h("div", { class: "field" }, h("label", { for: "country" }, t("checkout.country")), select);
  return part("destination", "checkout.destination", countries, areas, channels);
}

/** A tick and what it means, with a place for what is wrong with it. */
function tick(id, label, note, checked, change) {
  const error = h("p", { class: "error", id: `${id}-error`, hidden: true });
  const box = h("input", {
    type: "checkbox",
    id,
    name: id,
    checked,
    "aria-describedby": note ? `${id}-error ${id}-note` : `${id}-error`,
    on: { change: () => change(box.checked) },
  });
  const text = [h("label", { for: id }, t(label)), note && h("p", { class: "muted small", id: `${id}-note` }, t(note))];
  return { box, error, element: h("div", { class: "tick" }, box, h("div", {}, text, error)) };
}

/** The orderer, where the way in asks for one. The shop gives verdicts; a real one would have them from its real-name check. */
export function ordererForm(said, changed) {
  const identity = tick("identity", "checkout.identity", "checkout.identity.note", said.identity, (on) => ((said.identity = on), changed()));
  const payer = tick("payer", "checkout.payer", null, said.payerIsBuyer, (on) => ((said.payerIsBuyer = on), changed()));
  const wrong = h("p", { class: "error", id: "used-error", hidden: true }, t("checkout.used.wrong"));
  const used = h("input", {
    id: "used",
    name: "used",
    inputmode: "decimal",
    autocomplete: "off",
    value: said.usedThisYear,
    "aria-describedby": "used-error used-note",
    on: { input: () => ((said.usedThisYear = used.value), changed()) },
  });
  const limit = h(
    "div",
    { class: "field" },
    h("label", { for: "used" }, t("checkout.used")),
    h("p", { class: "muted small", id: "used-note" }, t("checkout.used.note")),
    used,
    wrong,
  );
  const note = h("p", { class: "muted" });
  const element = part(
    "orderer",
    "checkout.orderer",
    note,
    identity.element,
    payer.element,
    limit,
  );
  const mark = (box, error, message) => {
    error.textContent = message ?? "";
    error.hidden = !message;
    box.setAttribute("aria-invalid", String(Boolean(message)));
  };
  return {
    element,
    /** Shows the part where it is needed, and what is wrong with the amount. */
    show() {
      const { orderer } = channelOf(state);
      element.hidden = !orderer;
      note.textContent = t(orderer === "named" ? "checkout.orderer.note" : "checkout.orderer.note-other");
      payer.element.hidden = limit.hidden = orderer !== "named";
      const bad = said.usedThisYear.trim() !== "" && !AMOUNT.test(said.usedThisYear.trim());
      wrong.hidden = !bad;
      used.setAttribute("aria-invalid", String(bad));
    },
    showProblems(errors) {
      const about = (target) => errors.find((error) => error.target === target)?.message;
      mark(identity.box, identity.error, about("/buyer/identity"));
      mark(payer.box, payer.error, about("/buyer/payerIsBuyer"));
    },
  };
}

/** The address: empty unless the shopper fills it or asks for the example. */
export function deliveryForm(said) {
  const inputs = FIELDS.map(([id, autocomplete]) => {
    const input = h("input", {
      id: `delivery-${id}`,
      autocomplete: `shipping ${autocomplete}`,
      value: said.delivery[id] ?? "",
      on: { input: () => (said.delivery[id] = input.value) },
    });
    return { id, input, element: h("div", { class: `field field-${id}` }, h("label", { for: `delivery-${id}` }, t(`field.${id}`)), input) };
  });
  const example = () => {
    for (const { id, input } of inputs) {
      input.value = said.delivery[id] = t(`example.${id}`);
    }
    marked.hidden = false;
    announce(t("checkout.example.done"));
  };
  const marked = h("p", { class: "marked", hidden: true }, t("checkout.example.done"));
  return part(
    "delivery",
    "checkout.delivery",
    h("p", { class: "muted" }, t("checkout.delivery.note")),
    h("p", {}, h("button", { type: "button", class: "quiet", on: { click: example } }, t("checkout.example"))),
    marked,
    h("div", { class: "address" }, inputs.map(({ element }) => element)),
  );
}
