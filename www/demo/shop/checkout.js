import { basketOf, linesOf, sumsOf } from "./basket.js";
import { AMOUNT, deliveryForm, destinationForm, ordererForm } from "./checkout-forms.js";
import { goodsRows, orderLine, totalOf } from "./checkout-order.js";
import { h, icon, ICONS } from "./dom.js";
import { channelOf, currencyOf } from "./destinations.js";
import { minor } from "./money.js";
import { announce, money, showCount, start, t } from "./page.js";
import { nothing, sums } from "./parts.js";
import { asOf, href, save, setQuantity, state } from "./store.js";

/** What the shopper says here: kept while the page is open, and nowhere else. */
const said = { identity: false, payerIsBuyer: true, usedThisYear: "", delivery: {} };

/** What was ordered, once it was. */
let paid = null;

/** The orderer as the basket has it: verdicts and an amount. */
function buyer() {
  const used = said.usedThisYear.trim();
  return {
    identity: said.identity ? "valid" : "absent",
    ...(channelOf(state).orderer === "named" && { payerIsBuyer: said.payerIsBuyer, ...(AMOUNT.test(used) && { usedThisYear: used }) }),
  };
}

/** Where each place in the basket is entered. */
const FIELDS = {
  "/buyer/identity": "identity",
  "/buyer/payerIsBuyer": "payer",
  "/buyer/usedThisYear": "used",
  "/shipTo/countryCode": "country",
  "/channel": "channel",
};

/** Where a shopper goes from what can be done about a finding. */
const REMEDIES = { "give-identity": "identity", "correct-identity": "identity", "pay-yourself": "payer", "choose-other-channel": "channel" };

const itemOf = (target) => /^\/items\/(\d+)/.exec(target)?.[1];

/** A dash for the eye and words for the ear. */
const noAmount = () => [h("span", { "aria-hidden": "true" }, "—"), h("span", { class: "visually-hidden" }, t("sum.no-amount"))];

function reach(element) {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "center" });
}

/** What would have been ordered, with its figures. */
function confirmation(main) {
  const { lines, goods, duties, label, total } = paid;
  const heading = h("h1", { tabIndex: -1 }, t("done.title"));
  main.replaceChildren(
    h(
      "section",
      { class: "done panel" },
      h("p", { class: "done-mark" }, icon(...ICONS.check)),
      heading,
      h("p", { class: "done-demo" }, t("done.demo")),
      h("p", {}, t("done.text")),
      h("ul", { class: "order-lines", role: "list" }, lines.map((line) => orderLine(line))),
      sums([
        ...goodsRows(goods),
        [t("sum.duties"), duties === null ? t("sum.not-included") : money(duties)],
        [t(label), money(total)],
      ]),
      h("p", {}, h("a", { class: "primary", href: href("index.html") }, t("done.again"))),
    ),
  );
  document.title = `${t("done.title")} – ${t("shop.name")}`;
  heading.focus();
}

function checkout(main) {
  const duties = h("preclear-duties", { id: "duties", locale: state.locale, tabIndex: -1 }, t("checkout.fallback"));
  const problems = h("div", { class: "problems", tabIndex: -1, hidden: true, role: "alert" });
  const lines = h("ul", { class: "order-lines", role: "list" });
  const goods = h("div", {});
  const totals = h("div", { class: "total" });
  const button = h("button", { type: "submit", class: "primary block", id: "pay" });
  let quote = null;

  /** Whether the amount cannot be had, so that the shop sells without it. */
  const unanswered = () => ["unsupported", "engine-unavailable"].includes(duties.getAttribute("state"));

  const verdict = () => duties.validate?.() ?? { behavior: "allow", errors: [] };

  const showLines = () => {
    const blocking = (quote?.findings ?? []).filter(({ level }) => level === "block");
    const codeFor = (index) => blocking.find(({ target }) => itemOf(target) === String(index))?.code;
    const focused = document.activeElement?.id ?? "";
    lines.replaceChildren(
      ...linesOf(state).map((line, index) => orderLine(line, { index, stopped: codeFor(index), remove: () => remove(line.product) })),
    );
    if (focused.startsWith("item-")) document.getElementById(focused)?.focus();
  };

  const showTotal = () => {
    const { label, total, pay, note } = totalOf(quote, unanswered());
    totals.replaceChildren(
      sums([[t(label), total === null ? noAmount() : money(total)], ...(total === null && pay !== null ? [[t("sum.now"), money(pay)]] : [])]),
      ...(note === null ? [] : [h("p", { class: "muted small" }, t(note))]),
    );
    button.replaceChildren(icon(...ICONS.lock), pay === null ? t("checkout.pay-plain") : t("checkout.pay", { amount: money(pay) }));
  };

  /** What holds paying back, in one list and at the fields; it stays true until nothing does. */
  const showProblems = (errors) => {
    problems.hidden = errors.length === 0;
    problems.replaceChildren(
      h("h2", {}, t("checkout.problem")),
      h(
        "ul",
        {},
        errors.map(({ message, target }) => {
          const item = itemOf(target);
          const place = item === undefined ? (FIELDS[target] ?? "duties") : `item-${item}`;
          const go = (event) => {
            event.preventDefault();
            reach(document.getElementById(place) ?? duties);
          };
          return h("li", {}, h("a", { href: `#${place}`, on: { click: go } }, message));
        }),
      ),
    );
    orderer.showProblems(errors);
  };

  const changed = () => {
    save();
    orderer.show();
    showLines();
    goods.replaceChildren(sums(goodsRows(sumsOf(state))));
    showTotal();
    duties.basket = basketOf(state, { buyer: buyer(), asOf });
  };

  const remove = (product) => {
    setQuantity(product.sku, 0);
    showCount();
    announce(t("cart.removed", { name: product.name[state.locale] }));
    if (state.cart.size === 0) {
      main.replaceChildren();
      render(main);
      main.focus();
      return;
    }
    changed();
    document.getElementById("order-summary").focus();
  };

  const pay = (event) => {
    event.preventDefault();
    const { behavior, errors } = verdict();
    if (behavior === "block") {
      showProblems(errors);
      problems.focus();
      return;
    }
    const { label, total, pay: due } = totalOf(quote, unanswered());
    paid = {
      lines: linesOf(state),
      goods: sumsOf(state),
      duties: quote?.amounts ? minor(quote.amounts.dutiesAndTaxes, currencyOf(state)) : null,
      label: total === null ? "sum.now" : label,
      total: total ?? due ?? sumsOf(state).payable,
    };
    state.cart.clear();
    save();
    showCount();
    confirmation(main);
  };

  duties.addEventListener("preclear-quote", () => {
    ({ quote } = duties);
    showLines();
    showTotal();
    if (!problems.hidden) showProblems(verdict().errors);
  });
  duties.addEventListener("preclear-status", showTotal);
  duties.addEventListener("preclear-finding", ({ detail: { remedy, target } }) => {
    if (remedy === "remove-item" && itemOf(target) !== undefined) {
      remove(linesOf(state)[itemOf(target)].product);
    } else if (remedy !== null) {
      reach(document.getElementById(REMEDIES[remedy]));
    }
  });

  const orderer = ordererForm(said, changed);
  main.append(
    h("h1", {}, t("checkout.title")),
    problems,
    h(
      "form",
      { class: "columns checkout", novalidate: true, on: { submit: pay } },
      h("div", { class: "forms" }, destinationForm(changed), orderer.element, deliveryForm(said)),
      h(
        "section",
        { class: "panel summary", "aria-labelledby": "order-summary" },
        h("h2", { id: "order-summary", tabIndex: -1 }, t("checkout.summary")),
        lines,
        goods,
        duties,
      ),
      h("div", { class: "panel pay" }, totals, button, h("p", { class: "muted small centred" }, t("checkout.pay-note"))),
    ),
  );
  changed();
}

function render(main) {
  if (paid !== null) {
    confirmation(main);
  } else if (state.cart.size === 0) {
    main.append(h("h1", {}, t("checkout.title")), nothing());
  } else {
    checkout(main);
  }
}

start({ title: "checkout.title", render });
