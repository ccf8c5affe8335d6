// What the packaging tests share: the package as npm installs it, and the contract's examples.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const json = (path) => JSON.parse(readFileSync(path, "utf8"));

const folders = [];
process.on("exit", () => folders.forEach((made) => rmSync(made, { recursive: true, force: true })));

/** A folder that is gone when the process is. */
export function folder() {
  const made = mkdtempSync(join(tmpdir(), "preclear-"));
  folders.push(made);
  return made;
}

let consumer;
/** A project that has the package installed from its tarball, without a network. */
export function installed() {
  if (!consumer) {
    consumer = folder();
    const quiet = { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" };
    const [{ filename }] = JSON.parse(
      execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", consumer], { ...quiet, cwd: join(root, "pkg") }),
    );
    writeFileSync(join(consumer, "package.json"), '{ "name": "shop", "private": true, "type": "module" }\n');
    execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${filename}`], { ...quiet, cwd: consumer });
  }
  return consumer;
}

/** The folder that a shop copies. */
export const dist = () => join(installed(), "node_modules/preclear/dist");

/** A copy of it to spoil. */
export function copyOfDist() {
  const copy = join(folder(), "dist");
  cpSync(dist(), copy, { recursive: true });
  return copy;
}

/** The installed package's module for Node. */
export const imported = () => import(pathToFileURL(join(dist(), "node.js")).href);

const examples = [...readFileSync(join(root, "www/docs/contract.md"), "utf8").matchAll(/```json\n(.*?)```/gs)].map(([, text]) => text);
/** The basket of the contract's page. */
export const basket = () => JSON.parse(examples[0]);
/** The quote of the contract's page. */
export const published = () => JSON.parse(examples[1]);

/** The contract's basket, changed. */
export function changed(change) {
  const made = basket();
  change(made);
  return made;
}

/** Baskets that between them show what a quote can say. */
export const baskets = {
  "as published": basket(),
  "several lines, discounts of both kinds": changed((made) => {
    made.items[0].quantity = "1";
    made.items.push({ id: "a/b", hsCode: "6403990090", countryOfOrigin: "IT", quantity: "3", amount: "412.35" });
    made.discounts = [
      { amount: "100", kind: "price" },
      { amount: "10", kind: "payment" },
    ];
  }),
  "over the limit for one order": changed((made) => {
    made.items[0].amount = "6150.00";
  }),
  "over the limit of the year": changed((made) => {
    made.buyer.usedThisYear = "25900.00";
  }),
  "a single article over the limit": changed((made) => {
    made.items = [{ id: "w", hsCode: "9102110000", quantity: "1", amount: "12000.00", countryOfOrigin: "CH" }];
    made.discounts = [];
  }),
  "a prohibited article": changed((made) => {
    made.items[0].hsCode = "1602410090";
    made.channel = "parcel";
  }),
  "by parcel, nothing known of the buyer": changed((made) => {
    made.channel = "parcel";
    delete made.buyer;
  }),
  "by general trade": changed((made) => {
    made.channel = "trade";
  }),
  "no identity": changed((made) => {
    made.buyer = {};
  }),
  "another payer": changed((made) => {
    made.buyer.payerIsBuyer = false;
  }),
  "rates supplied": changed((made) => {
    made.items[0].rates = { vat: "0.09", consumptionTax: "0.15" };
  }),
  "an old exchange rate": changed((made) => {
    made.items[0].currencyCode = "JPY";
    made.discounts = [];
    made.exchangeRates = [{ from: "JPY", to: "CNY", rate: "0.0478", asOf: "2026-01-20" }];
  }),
  "no exchange rate": changed((made) => {
    made.items[0].currencyCode = "JPY";
  }),
  "a measurement missing": changed((made) => {
    made.items = [{ id: "s", hsCode: "2208309000", quantity: "1", amount: "300.00", countryOfOrigin: "GB" }];
    made.discounts = [];
  }),
  "no HS code": changed((made) => {
    delete made.items[0].hsCode;
  }),
  "no such channel": changed((made) => {
    made.channel = "raft";
  }),
  "before the rules": changed((made) => {
    made.asOf = "2010-01-01";
  }),
  "more than one person may import": changed((made) => {
    made.items = [{ id: "s", hsCode: "1701990000", quantity: "50", amount: "3.00", measurements: [{ type: "netWeight", value: "5", unit: "kg" }] }];
    made.discounts = [];
  }),
  "seeds and a used bag": changed((made) => {
    made.items = [
      { id: "1", hsCode: "1209990000", quantity: "1", amount: "3.00" },
      { id: "2", hsCode: "4202210000", quantity: "1", amount: "800.00", countryOfOrigin: "JP", attributes: { used: true } },
    ];
    made.discounts = [];
  }),
  "no rules for the destination": changed((made) => {
    made.shipTo = { countryCode: "AQ" };
  }),
};

/** The languages that the package speaks. */
export const locales = readdirSync(join(root, "pkg/locales"))
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -".json".length));

/** The command line that was built. */
export function commandLine() {
  const built = [process.env.PRECLEAR_BIN, join(root, "target/release/preclear"), join(root, "target/debug/preclear")];
  const found = built.find((path) => path && existsSync(path));
  if (!found) throw new Error("no command line was built: cargo xtask build, or set PRECLEAR_BIN");
  return found;
}
