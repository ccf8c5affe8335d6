// The engine in a worker that can reach nothing.

import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { baskets as states, contract, parcels } from "./baskets.mjs";
import { launch, rested, root, SEALED, serve, serveSite, site, STRICT, visit, workerFile } from "./support.mjs";
import { baskets } from "../packaging/package.mjs";

const WORKER = "/preclear/worker.js";
/** A page need not allow WebAssembly for itself. */
const POLICY = STRICT.replace(" 'wasm-unsafe-eval'", "");
const HEAD = '<!doctype html><html lang="en"><title>Checkout</title>';
const PAGES = {
  "/": HEAD,
  "/element": `${HEAD}<script type="module" src="/preclear/widget.js"></script><preclear-duties isolated><p>At customs.</p></preclear-duties>`,
};

let browser;
before(async () => (browser = await launch()));
after(async () => browser?.close());

/** Does something on a page whose server keeps the worker from the network. */
async function on(path, act, { pages = {}, policy = POLICY, ...options } = {}) {
  const server = { pages: { ...PAGES, [WORKER]: workerFile(), ...pages }, headers: { "Content-Security-Policy": policy } };
  return visit(browser, path, act, { server, ...options });
}

/** Loads the isolated engine in a page, as `globalThis.preclear`; gives the code when it cannot be. */
const load = (page, options = { packs: ["cn"], locales: ["en"] }) =>
  page.evaluate(async (options) => {
    const { loadPreclear } = await import("/preclear/isolated.js");
    try {
      globalThis.preclear = await loadPreclear(options);
      return "loaded";
    } catch (error) {
      return error.code ?? String(error);
    }
  }, options);

const total = (page, basket = contract) =>
  page.evaluate((basket) => preclear.quote(basket).then(({ amounts }) => amounts?.total ?? null, ({ code }) => code), basket);

const element = (page) => page.locator("preclear-duties");
const set = (page, properties) => element(page).evaluate((element, properties) => Object.assign(element, properties), properties);
const reach = (page, state) => page.waitForFunction((state) => document.querySelector("preclear-duties").getAttribute("state") === state, state);

test("it answers every basket as the page's own engine does, on a page that may not run WebAssembly", async () => {
  const made = Object.fromEntries(Object.entries(baskets).filter(([, basket]) => basket.shipTo));
  let there;
  const policed = await on("/", async (page) => {
    assert.equal(await load(page), "loaded");
    there = await page.evaluate(async (made) => {
      const answers = await Promise.all(Object.values(made).map((basket) => preclear.quote(basket)));
      return answers.map((quote) => JSON.stringify(quote));
    }, made);
  });
  assert.deepEqual(policed, []);
  await on("/", async (page) => {
    const here = await page.evaluate(async (made) => {
      const { loadPreclear } = await import("/preclear/preclear.js");
      const preclear = await loadPreclear({ packs: ["cn"], locales: [] });
      return Object.values(made).map((basket) => JSON.stringify(preclear.quote(basket)));
    }, made);
    assert.deepEqual(there, here);
    assert.ok(here.length > 15);
  }, { policy: STRICT });
});

test("what cannot be sent to a worker is answered as what it is", async () => {
  const complaints = await on(
    "/",
    async (page) => {
      assert.equal(await load(page), "loaded");
      const differing = await page.evaluate(async (contract) => {
        const { loadPreclear } = await import("/preclear/preclear.js");
        const here = await loadPreclear({ packs: ["cn"], locales: [] });
        const watched = (value) =>
          typeof value === "object" && value !== null ? new Proxy(value, { get: (target, key) => watched(Reflect.get(target, key)) }) : value;
        const round = { ...contract };
        round.items = [...contract.items, round];
        let deep = [];
        for (let level = 0; level < 20_000; level += 1) deep = [deep];
        const odd = {
          "a framework's proxies": watched(contract),
          "a function": { ...contract, items: () => [] },
          "a symbol": { ...contract, currencyCode: Symbol("CNY") },
          "a long whole number": { ...contract, currencyCode: 10n },
          "a number": { ...contract, currencyCode: 156 },
          "an object of a class": { ...contract, shipTo: Object.assign(new (class Place {})(), contract.shipTo) },
          "a field of a prototype": { ...contract, shipTo: Object.create(contract.shipTo) },
          "a day as a Date": { ...contract, asOf: new Date(0) },
          "what is undefined": { ...contract, channel: undefined },
          "a field of another name": { ...contract, ["__proto__x"]: 1 },
          "a field named like the prototype": JSON.parse(JSON.stringify(contract).replace("{", '{"__proto__":{"channel":"parcel"},')),
          "itself": round,
          "deeper than any basket": { ...contract, items: deep },
          "no basket": null,
          "a text": "basket",
          "a list": [contract],
        };
        const found = [];
        for (const [name, basket] of Object.entries(odd)) {
          const [one, two] = [JSON.stringify(here.quote(basket)), JSON.stringify(await preclear.quote(basket))];
          if (one !== two) found.push([name, one, two]);
        }
        const bomb = { ...contract };
        Object.defineProperty(bomb, "items", { enumerable: true, get: () => { throw new Error("330106199001010010"); } });
        const refused = await preclear.quote(bomb).catch((error) => [error.name, error.code, error.message]);
        return [found, refused, (await preclear.quote(contract)).amounts.total];
      }, contract);
      assert.deepEqual(differing, [[], ["PreclearError", "engine.stopped", "engine.stopped"], "423.31"]);
    },
    { policy: STRICT },
  );
  assert.deepEqual(complaints, []);
});

test("it verifies, explains and loads as the page's own engine does, and refuses by code", async () => {
  const complaints = await on("/", async (page) => {
    assert.equal(await load(page, { locales: ["en"] }), "loaded");
    const said = await page.evaluate(async (contract) => {
      const code = (promise) => promise.then(() => "none", (error) => (error.name === "PreclearError" ? error.code : String(error)));
      const early = await code(preclear.quote(contract));
      const [one, two] = await Promise.all([preclear.loadPack("cn"), preclear.loadPack("cn")]);
      const quote = await preclear.quote(contract);
      const { amounts } = quote;
      return {
        early,
        once: one === two && preclear.packs.length === 1 && one.destinations.join() === "CN",
        same: await preclear.verify(contract, quote),
        differs: await preclear.verify(contract, { ...quote, amounts: { ...amounts, taxes: "0.00" } }),
        line: preclear.explain(quote, { locale: "en" }).find(({ text }) => text.startsWith("  VAT")).text,
        unknown: [await code(preclear.loadPack("xx")), await code(preclear.loadLocale("xx"))],
        undated: (await preclear.quote({ ...contract, asOf: undefined })).asOf.length,
      };
    }, contract);
    assert.deepEqual(said, {
      early: "pack.not-loaded",
      once: true,
      same: { same: true, differences: [] },
      differs: { same: false, differences: [{ path: "/amounts/taxes" }] },
      line: "  VAT (13 %): 35.31 CNY",
      unknown: ["pack.unknown", "locale.unknown"],
      undated: 10,
    });
  });
  assert.deepEqual(complaints, []);
});

/** The number printed in GB 11643-1999 as an example. */
const NUMBER = "11010519491231002X";
/** (398.00 − 30.00 + 20.00) × 9.1 % is 35.31, and 398.00 + 35.31 is twice 216.655. */
const withTax = { ...contract, taxIncluded: true, items: [{ ...contract.items[0], amount: "216.655" }] };
const order = JSON.parse(readFileSync(join(root, "tests/forms/order.json"), "utf8"));

/** The same questions of either engine: what needs the whole one, numbers of people, and declarations. */
const everything = async ([withTax, order, number]) => {
  const { loadPreclear } = await import(globalThis.preclear ? "/preclear/isolated.js" : "/preclear/preclear.js");
  const preclear = globalThis.preclear ?? (await loadPreclear({ packs: ["cn"], locales: ["en"] }));
  const code = (promise) => Promise.resolve(promise).then(() => "none", (error) => (error.name === "PreclearError" ? error.code : String(error)));
  const said = { partial: (await preclear.quote(withTax)).findings.map(({ code }) => code) };
  await preclear.loadWhole();
  said.whole = await preclear.quote(withTax);
  said.other = (await preclear.loadPack("gb")).id;
  said.packs = preclear.packs;
  await preclear.loadIdentity("CN");
  said.valid = await preclear.checkIdentity({ countryCode: "CN", type: "resident-id", number, asOf: "2026-11-23" });
  said.invalid = await preclear.checkIdentity({ countryCode: "CN", type: "resident-id", number: number.replace("X", "1"), asOf: "2026-11-23" });
  said.absent = await preclear.checkIdentity({ countryCode: "CN", number: 1 });
  const guids = ["4CDE1CFD-EDED-46B1-946C-B8022E42FC01", "4CDE1CFD-EDED-46B1-946C-B8022E42FC02"];
  said.declared = await preclear.declare(order, { form: "CEB311", time: "20261123103000", guids });
  said.checked = await preclear.validate([said.declared.xml, said.declared.xml.replace("413.31", "413.32"), "<"]);
  said.receipt = await preclear.explainReceipt("<nothing/>", { locale: "zh-CN" });
  said.none = await code(preclear.declare({ ...order, shipTo: { countryCode: "GB" } }, { form: "CEB311" }));
  said.methods = Object.keys(preclear).filter((name) => name !== "close").sort();
  return JSON.parse(JSON.stringify(said));
};

test("prices with tax, numbers of people and declarations: all that the page's own engine does", async () => {
  let there, here;
  const complaints = await on("/", async (page) => {
    assert.equal(await load(page), "loaded");
    there = await page.evaluate(everything, [withTax, order, NUMBER]);
    // A worker that takes over knows what this one was told.
    await page.workers()[0].evaluate(() => (self.onmessage = null, setTimeout(() => { throw new Error("dead"); }, 50)));
    assert.equal(await total(page, withTax), "423.31");
  });
  assert.deepEqual(complaints, []);
  await on("/", async (page) => (here = await page.evaluate(everything, [withTax, order, NUMBER])), { policy: STRICT });
  assert.deepEqual(there, here);
  assert.deepEqual([there.partial, there.whole.amounts.taxes, there.valid.verdict, there.invalid.verdict], [["engine.partial"], "35.31", "valid", "invalid"]);
  assert.deepEqual([there.declared.findings, there.checked.verdict, there.none], [[], "invalid", "forms.unknown"]);
});

test("a module that is missing or changed is one code, and is read anew afterwards", async () => {
  const modules = { whole: "loadWhole", identity: "loadIdentity", forms: "validate" };
  for (const [module, method] of Object.entries(modules)) {
    const path = `/preclear/wasm/${module}_bg.wasm`;
    const bytes = Buffer.from(readFileSync(join(root, "pkg/dist/wasm", `${module}_bg.wasm`)));
    bytes[bytes.length - 1] ^= 1;
    for (const entry of ["isolated", "preclear"]) {
      await on("/", async (page, server) => {
        const ask = () =>
          page.evaluate(
            async ([entry, method]) => {
              const { loadPreclear } = await import(`/preclear/${entry}.js`);
              globalThis.preclear ??= await loadPreclear({ packs: ["cn"], locales: [] });
              return preclear[method]("CN").then(() => "done", ({ code }) => code);
            },
            [entry, method],
          );
        assert.equal(await ask(), "package.changed", `${entry} ${module}`);
        server.pages[path] = { body: "", status: 404 };
        assert.equal(await ask(), "package.unreachable", `${entry} ${module}`);
        delete server.pages[path];
        assert.equal(await ask(), "done", `${entry} ${module}`);
      }, { policy: STRICT, pages: { [path]: { body: bytes, type: "application/wasm" } } });
    }
  }
});

test("answers come in the order of the questions", async () => {
  await on("/", async (page) => {
    await load(page);
    const order = await page.evaluate(async (contract) => {
      const order = [];
      const asked = [...Array(50).keys()].map((index) => {
        const items = Array.from({ length: index % 2 ? 1 : 200 }, (_, line) => ({ ...contract.items[0], id: String(line) }));
        return preclear.quote({ ...contract, discounts: [], items }).then(() => order.push(index));
      });
      await Promise.all(asked);
      return order;
    }, contract);
    assert.deepEqual(order, [...Array(50).keys()]);
  });
});

/** Everything by which a worker could reach somebody, tried from inside it. */
const leak = async (targets) => {
  const tried = {};
  const attempt = async (name, act) => {
    try {
      tried[name] = (await Promise.race([act(), new Promise((late) => setTimeout(() => late("nothing"), 1000))])) ?? "done";
    } catch {
      tried[name] = "refused";
    }
  };
  for (const target of targets) {
    await attempt(`fetch ${target}`, () => fetch(target, { mode: "no-cors" }));
    await attempt(`keepalive ${target}`, () => fetch(target, { mode: "no-cors", keepalive: true, method: "POST", body: "x" }));
    await attempt(`request ${target}`, () => new Promise((sent, failed) => {
      const asked = new XMLHttpRequest();
      asked.onload = sent;
      asked.onerror = failed;
      asked.open("GET", target);
      asked.send();
    }));
    await attempt(`script ${target}`, () => importScripts(target));
    await attempt(`module ${target}`, () => import(target));
    await attempt(`socket ${target}`, () => new Promise((opened, failed) => {
      const socket = new WebSocket(target.replace("http", "ws"));
      socket.onopen = opened;
      socket.onerror = failed;
    }));
    await attempt(`events ${target}`, () => new Promise((opened, failed) => {
      const source = new EventSource(target);
      source.onopen = opened;
      source.onerror = failed;
    }));
    await attempt(`worker ${target}`, () => new Promise((opened, failed) => {
      const worker = new Worker(target);
      worker.onmessage = opened;
      worker.onerror = failed;
    }));
  }
  return tried;
};

/** A server in front of another one, that counts. */
async function counting(upstream) {
  const asked = [];
  const server = createServer((incoming, outgoing) => {
    asked.push(incoming.url);
    const passed = request(upstream + incoming.url, { method: incoming.method }, (found) => {
      outgoing.writeHead(found.statusCode, found.headers);
      found.pipe(outgoing);
    });
    passed.on("error", () => outgoing.destroy());
    passed.end();
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${server.address().port}`, asked, close: () => (server.closeAllConnections(), server.close()) };
}

test("on the demo's server nothing is asked for after loading, and nothing leaves the worker", { skip: !process.env.PRECLEAR_XTASK && "no server was built" }, async () => {
  assert.ok(existsSync(join(site, "preclear/worker.js")), "cargo xtask stage");
  const demo = await serveSite();
  const front = await counting(demo.url);
  const elsewhere = await serve({ folders: [] });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${front.url}/preclear/package-has-no-such-page`);
    assert.equal(await load(page), "loaded");
    assert.equal((await page.request.get(front.url + WORKER)).headers()["content-security-policy"], SEALED);
    assert.equal((await page.request.get(`${front.url}/preclear/preclear.js`)).headers()["content-security-policy"], undefined);
    const loaded = front.asked.length;
    assert.ok(loaded > 5);
    for (const basket of Object.values(states)) await total(page, basket ?? {});
    await page.evaluate((basket) => preclear.quote(basket).then((quote) => preclear.explain(quote, { locale: "en" })), contract);
    const [worker] = page.workers();
    const tried = await worker.evaluate(leak, [`${front.url}/leak.js`, `${elsewhere.url}/leak.js`]);
    assert.equal(Object.keys(tried).length, 16);
    assert.deepEqual(Object.entries(tried).filter(([, result]) => result !== "refused"), []);
    assert.equal(await total(page), "423.31");
    assert.deepEqual([front.asked.slice(loaded), elsewhere.requests], [[], []]);
    // From a worker without the policy it arrives: the counts see what they are there to see.
    const opened = page.waitForEvent("worker");
    await page.evaluate(() => void (globalThis.open = new Worker("/preclear/preclear.js", { type: "module" })));
    await (await opened).evaluate(leak, [`${front.url}/leak.js`, `${elsewhere.url}/leak.js`]);
    assert.ok(front.asked.includes("/leak.js") && elsewhere.requests.includes("/leak.js"));
  } finally {
    await context.close();
    front.close();
    await demo.close();
    await elsewhere.close();
  }
});

test("a worker whose file comes without the policy is not used", async () => {
  const policies = [
    undefined,
    "",
    "script-src 'wasm-unsafe-eval'",
    "default-src 'self'; script-src 'wasm-unsafe-eval'",
    "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'",
    "default-src 'none' https://elsewhere.example; script-src 'wasm-unsafe-eval'",
  ];
  for (const policy of policies) {
    const headers = { "Content-Security-Policy": policy ?? "" };
    await on("/", async (page) => {
      assert.equal(await load(page), "worker.not-isolated", policy);
      assert.equal(page.workers().length, 0);
    }, { pages: { [WORKER]: { ...workerFile(), headers } } });
  }
  // Beside another policy, and in another writing, it holds all the same.
  for (const policy of [`upgrade-insecure-requests, ${SEALED}`, "Default-Src 'none' ;script-src 'self' 'wasm-unsafe-eval';"]) {
    await on("/", async (page) => assert.equal(await load(page), "loaded", policy), {
      pages: { [WORKER]: { ...workerFile(), headers: { "Content-Security-Policy": policy } } },
    });
  }
});

test("files that are missing or changed, and a worker without WebAssembly, are one code each", async () => {
  const file = (name, type) => ({ body: name, type });
  const cases = [
    [{ [WORKER]: { body: "", status: 404 } }, "package.unreachable"],
    [{ [WORKER]: { ...workerFile(), body: workerFile().body.toString().replaceAll("0.1.0", "0.1.1") } }, "package.changed"],
    [{ [WORKER]: { ...workerFile(), headers: { "Content-Security-Policy": "default-src 'none'; script-src 'self'" } } }, "engine.unavailable"],
    [{ "/preclear/wasm/preclear_bg.wasm": file("<!doctype html>", "text/html") }, "package.changed"],
    [{ "/preclear/wasm/preclear_bg.wasm": { body: "", status: 404 } }, "package.unreachable"],
    [{ "/preclear/packs/cn.pack": file("not a pack", "application/octet-stream") }, "package.changed"],
    [{ "/preclear/locales/en.json": file("{}", "application/json") }, "package.changed"],
  ];
  for (const [pages, code] of cases) {
    await on("/", async (page) => assert.equal(await load(page), code, Object.keys(pages)[0]), { pages });
  }
  await on("/", async (page) => assert.equal(await load(page), "package.unreachable"), { policy: `${POLICY}; worker-src 'none'` });
});

test("a worker that dies is replaced, and what it had not answered is asked again", async () => {
  const complaints = await on("/", async (page) => {
    await load(page);
    assert.equal(page.workers().length, 1);
    const [first] = page.workers();
    // It hears nothing any more, and then dies.
    await first.evaluate(() => {
      self.onmessage = null;
      setTimeout(() => {
        throw new Error("dead");
      }, 100);
    });
    const order = await page.evaluate(async (contract) => {
      const order = [];
      const ask = (basket, name) => preclear.quote(basket).then(({ amounts }) => order.push([name, amounts?.total ?? null]));
      await Promise.all([ask(contract, 1), ask({ ...contract, channel: "raft" }, 2), ask(contract, 3)]);
      return order;
    }, contract);
    assert.deepEqual(order, [[1, "423.31"], [2, null], [3, "423.31"]]);
    assert.equal(page.workers().length, 1);
    assert.notEqual(page.workers()[0], first);
  });
  assert.deepEqual(complaints, []);
});

test("a worker that says nothing is replaced after ten seconds; a question that two did not answer is given up", async () => {
  // It starts and takes packs, and answers no other question.
  const deaf = workerFile();
  deaf.body = `${deaf.body};const heard = self.onmessage; self.onmessage = (event) => event.data.name !== "quote" && heard(event);`;
  await on("/", async (page, server) => {
    await page.clock.install();
    await load(page);
    const stopped = page.workers()[0];
    await stopped.evaluate(() => (self.onmessage = null));
    await page.evaluate((contract) => void preclear.quote(contract).then(({ amounts }) => (globalThis.answer = amounts.total)), contract);
    await page.clock.runFor(9_900);
    assert.equal(await page.evaluate(() => globalThis.answer), undefined);
    await page.clock.runFor(200);
    await page.waitForFunction(() => globalThis.answer === "423.31");

    server.pages[WORKER] = deaf;
    await page.workers()[0].evaluate(() => (self.onmessage = null));
    await page.evaluate((contract) => void preclear.quote(contract).catch(({ code }) => (globalThis.code = code)), contract);
    const replaced = page.waitForEvent("worker");
    await page.clock.runFor(10_100);
    const second = await replaced;
    // Until it has loaded, no time runs.
    await second.evaluate(() => new Promise((done) => setTimeout(done, 200)));
    assert.equal(await page.evaluate(() => globalThis.code), undefined);
    await page.clock.runFor(10_100);
    await page.waitForFunction(() => globalThis.code === "engine.stopped");

    server.pages[WORKER] = workerFile();
    assert.equal(await total(page), "423.31");
    await page.evaluate(() => preclear.close());
    assert.equal(await total(page), "engine.unavailable");
    assert.equal(page.workers().length, 0);
  });
});

test("the element uses it where it is asked to, and shows the same", async () => {
  const complaints = await on("/element", async (page, server) => {
    await set(page, { basket: contract });
    await reach(page, "ready");
    const seen = await element(page).evaluate((element) => element.shadowRoot.querySelector("[part~=amount]").textContent);
    assert.equal(seen, "¥35.31");
    assert.equal(page.workers().length, 1);
    assert.ok(!server.requests.includes("/preclear/preclear.js"));
    await rested(server);
    const loaded = server.requests.length;
    for (const state of ["missing-id", "prohibited", "over-single", "estimated", "needs-input", "unsupported", "ready"]) {
      await set(page, { basket: states[state] });
      await reach(page, state);
      const { behavior } = await element(page).evaluate((element) => element.validate());
      assert.equal(behavior, ["ready", "estimated", "unsupported"].includes(state) ? "allow" : "block", state);
    }
    // The last of several counts, whatever comes back in between.
    await element(page).evaluate((element, baskets) => baskets.forEach((basket) => (element.basket = basket)), [states.prohibited, states["missing-id"], contract]);
    await reach(page, "ready");
    await element(page).evaluate((element, basket) => ((element.basket = basket), void element.quote, (element.basket = null)), contract);
    await reach(page, "idle");
    await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
    assert.equal(await element(page).evaluate((element) => element.quote), null);
    assert.deepEqual(server.requests.slice(loaded), []);
  });
  assert.deepEqual(complaints, []);
});

test("the element asks the orderer, compares the ways, adds parcels up and takes prices with tax apart, all in the worker", async () => {
  const complaints = await on("/element", async (page) => {
    const quote = () => element(page).evaluate((element) => element.quote);
    await set(page, { basket: contract, policy: { identity: "element", channels: ["parcel", "bonded"] } });
    await reach(page, "missing-id");
    await page.getByLabel("Real name", { exact: true }).fill("欧阳春晓");
    await page.getByLabel("Document number", { exact: true }).fill(NUMBER);
    await element(page).locator("[part~=orderer] input[type=checkbox]").check();
    await reach(page, "ready");
    await element(page).getByRole("button", { name: "How is this calculated?" }).click();
    await element(page).locator("[part~=compared]").waitFor();
    await set(page, { basket: withTax, policy: {} });
    await page.waitForFunction(() => document.querySelector("preclear-duties").quote?.amounts?.taxes === "35.31");
    assert.equal((await quote()).status, "ready");
    await set(page, { baskets: parcels });
    await reach(page, "mixed-channel");
    assert.equal((await element(page).evaluate((element) => element.quotes)).length, parcels.length);
    // In the page and back: each side has its own engine.
    await set(page, { isolated: false });
    await reach(page, "engine-unavailable");
    await set(page, { isolated: true });
    await reach(page, "mixed-channel");
    assert.equal(page.workers().length, 1);
  });
  // The page's own engine is what its policy forbids.
  assert.ok(complaints.length > 0 && complaints.every((text) => /wasm-eval|WebAssembly/.test(text)), complaints.join("\n"));
});

test("an element whose worker is not isolated, or cannot start, leaves the sale to the shop", async () => {
  const open = { ...workerFile(), headers: { "Content-Security-Policy": "" } };
  for (const pages of [{ [WORKER]: open }, { [WORKER]: { body: "", status: 404 } }]) {
    await on("/element", async (page) => {
      await set(page, { basket: contract });
      await reach(page, "engine-unavailable");
      assert.ok(await page.getByText("At customs.").isVisible());
      assert.equal((await element(page).evaluate((element) => element.validate())).behavior, "allow");
      await set(page, { policy: { unavailable: "block" } });
      assert.equal((await element(page).evaluate((element) => element.validate())).behavior, "block");
    }, { pages });
  }
});
