// What Lighthouse says of the checkout.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import lighthouse from "lighthouse";
import { launchWith, serve, site } from "./support.mjs";

const carts = {
  "goods that may come in": { cart: [["SERUM-50", 2], ["COFFEE-250", 1]], locale: "en" },
  "an article that may not, in Chinese": { cart: [["HAM-7000", 1], ["SERUM-50", 1]], locale: "zh-CN" },
};

let context, port, profile;
before(async () => {
  profile = mkdtempSync(join(tmpdir(), "preclear-lighthouse-"));
  context = await launchWith(profile, ["--remote-debugging-port=0"]);
  port = Number(readFileSync(join(profile, "DevToolsActivePort"), "utf8").split("\n")[0]);
});
after(async () => {
  await context?.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

for (const [name, stored] of Object.entries(carts)) {
  test(`Lighthouse gives the checkout 100 for accessibility: ${name}`, async () => {
    // It opens a tab of its own, which has no cart yet.
    const page = readFileSync(join(site, "checkout.html"), "utf8").replace("<head>", '<head><script src="/cart.js"></script>');
    const server = await serve({
      folders: [["/", site]],
      pages: { "/checkout.html": page, "/cart.js": `sessionStorage.setItem("lantern-quay", ${JSON.stringify(JSON.stringify(stored))});` },
    });
    try {
      const { lhr } = await lighthouse(`${server.url}/checkout.html?asOf=2026-11-23`, {
        port,
        onlyCategories: ["accessibility", "best-practices"],
        logLevel: "silent",
      });
      assert.equal(lhr.runtimeError, undefined);
      assert.ok(server.requests.includes("/cart.js") && server.requests.some((path) => path.endsWith("/cn.pack")), server.requests.join(" "));
      const failed = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 1).map(({ id }) => id);
      const score = (category) => Math.round(lhr.categories[category].score * 100);
      console.log(`report: Lighthouse, ${name}: accessibility ${score("accessibility")}, best practices ${score("best-practices")}`);
      assert.equal(score("accessibility"), 100, failed.join(" "));
    } finally {
      await server.close();
    }
  });
}
