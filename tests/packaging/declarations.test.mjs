// Declarations from the façade: loaded when they are first asked for, and the same as on the command line.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { imported, root } from "./package.mjs";

const order = () => JSON.parse(readFileSync(join(root, "tests/forms/order.json"), "utf8"));
const field = (xml, name) => xml.match(new RegExp(`<ceb:${name}>([^<]*)<`))?.[1];

async function loaded() {
  const { loadPreclear } = await imported();
  return loadPreclear({ packs: [], locales: ["en"] });
}

test("an order becomes a message, and the message is right", async () => {
  const preclear = await loaded();
  const guids = ["4CDE1CFD-EDED-46B1-946C-B8022E42FC01", "4CDE1CFD-EDED-46B1-946C-B8022E42FC02"];
  const { xml, findings } = await preclear.declare(order(), { form: "CEB311", time: "20261123103000", guids });
  assert.deepEqual(findings, []);
  assert.equal(field(xml, "guid"), guids[1]);
  assert.equal(field(xml, "acturalPaid"), "413.31");
  const report = await preclear.validate(xml);
  assert.deepEqual(report, { verdict: "valid", documents: [{ message: "CEB311Message", schemaValid: true, entries: "1" }], findings: [], more: "0" });
  const broken = await preclear.validate([xml.replace("413.31", "413.32")]);
  assert.deepEqual([broken.verdict, broken.findings.map(({ rule, prevents }) => [rule, prevents])], ["invalid", [["R01", ["1332"]]]]);
  assert.equal(typeof preclear.messages("en").findings["form.sum"], "string");
});

test("time and identifiers are drawn where none are given", async () => {
  const preclear = await loaded();
  const [one, other] = await Promise.all([1, 2].map(() => preclear.declare(order(), { form: "CEB311" })));
  const [first, second] = [one, other].map(({ xml }) => field(xml, "guid"));
  assert.match(first, /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/);
  assert.notEqual(first, second);
  assert.match(field(one.xml, "appTime"), /^20\d{12}$/);
});

test("a receipt is explained in both languages", async () => {
  const preclear = await loaded();
  const head = '<?xml version="1.0" encoding="UTF-8"?><CEB312Message xmlns="http://www.chinaport.gov.cn/ceb" guid="4CDE1CFD-EDED-46B1-946C-B8022E42FC01" version="1.0">';
  const fields = "<guid>4CDE1CFD-EDED-46B1-946C-B8022E42FC02</guid><ebpCode>a</ebpCode><ebcCode>b</ebcCode><orderNo>c</orderNo><returnStatus>100</returnStatus>";
  const tail = "<returnTime>20261123103000123</returnTime><returnInfo>[Code:1327;Desc:张三]</returnInfo>";
  const receipt = `${head}<OrderReturn>${fields}${tail}</OrderReturn></CEB312Message>`;
  for (const [locale, text] of [["en", "Buyer and payer are not the same person"], ["zh-CN", "订购人与支付人不一致"]]) {
    const answer = await preclear.explainReceipt(receipt, { locale });
    assert.deepEqual(answer.findings, []);
    assert.equal(answer.documents[0].reasons[0].text, text);
    assert.doesNotMatch(JSON.stringify(answer), /张三/);
  }
});

test("what is no order, and what is no message, is told without a word of it", async () => {
  const preclear = await loaded();
  const faulty = order();
  faulty.buyer.idNumber = ["canary"];
  faulty.canary = "canary";
  const { xml, findings } = await preclear.declare(faulty, { form: "CEB311" });
  assert.equal(xml, null);
  assert.ok(findings.length > 0 && !JSON.stringify(findings).includes("canary"));
  const report = await preclear.validate(["<canary/>", "canary", 5]);
  assert.equal(report.verdict, "invalid");
  assert.doesNotMatch(JSON.stringify(report), /canary/);
  await assert.rejects(preclear.declare({}, { form: "CEB311" }), { code: "forms.unknown" });
});
