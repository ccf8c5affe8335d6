// Declarations from the façade: loaded when they are first asked for, and the same as on the command line.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { left, memories } from "./memory.mjs";
import { commandLine, imported, root } from "./package.mjs";

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
  // So is the day that the quote is for.
  const { asOf, ...undated } = order();
  assert.notEqual((await preclear.declare(undated, { form: "CEB311" })).xml, null);
});

test("payment data is signed in two steps, and validated with its order", async () => {
  const preclear = await loaded();
  const payment = JSON.parse(readFileSync(join(root, "www/docs/examples/payment.json"), "utf8"));
  payment.request = "字".repeat(8000);
  const unsigned = await preclear.pull(payment);
  assert.deepEqual([unsigned.message, unsigned.findings], [null, []]);
  assert.match(unsigned.signString, /^"sessionID":"EXAMPLE-SESSION"\|\|"payExchangeInfoHead":"\{"guid":"4CDE1CFD/);
  const signed = await preclear.pull(payment, { certificate: "03000001", signature: "AAAA+/==" });
  assert.equal(signed.signString, unsigned.signString);
  const { xml } = await preclear.declare({ ...order(), orderNo: "EXAMPLE-0001" }, { form: "CEB311" });
  const report = await preclear.validate([xml, signed.message]);
  assert.deepEqual(report.documents[1], { message: "payExInfoStr", schemaValid: true, entries: "1" });
  // The order has another platform, and there it is not known.
  assert.deepEqual(report.findings.map(({ rule, document }) => [rule, document]), [["R24", "1"]]);
  // An identifier is drawn to sign, and asked for afterwards.
  const { guid, ...without } = payment;
  assert.match((await preclear.pull(without)).signString, /"guid":"[0-9A-F]{8}-[0-9A-F]{4}-4/);
  const refused = await preclear.pull(without, { certificate: "03000001", signature: "AAAA" });
  assert.deepEqual([refused.message, refused.findings.map(({ target }) => target)], [null, ["/guid"]]);
  const bare = await preclear.pull(payment, { certificate: "", signature: "張三" });
  assert.deepEqual(bare.findings.map(({ path }) => path), ["/certNo", "/signValue"]);
  for (const wrong of [null, "canary", [], { canary: "canary" }, { ...payment, request: "x".repeat(40_000) }]) {
    const { signString, findings } = await preclear.pull(wrong);
    assert.ok(signString === null && findings.length > 0 && !JSON.stringify(findings).includes("canary"));
  }
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

/** An order in which every text is one that nothing else writes, and what it was made of: what names persons, and the rest. */
function canaries(change = () => {}) {
  const given = order();
  given.orderNo = "Qx7-ORDER-kzw83bv";
  for (const [party, letter] of [["platform", "P"], ["merchant", "M"], ["agent", "A"], ["logistics", "L"], ["payment", "Z"]]) {
    Object.assign(given[party], { code: `${letter}7q2w9e4r6t8`, name: `${letter}鸢尾雪松商贸股份有限公司` });
  }
  Object.assign(given.payment, { transactionId: "Qx7-PAID-hvt51pdn" });
  Object.assign(given.buyer, { registrationNo: "Qx7-ACCOUNT-mnc20w", name: "欧阳春晓慕容秋白", idNumber: "11010519491231002X", telephone: "13987651234" });
  Object.assign(given.consignee, { name: "司马青衫诸葛长风", telephone: "13765438912", address: "云南省大理白族自治州苍山洱海路九百二十七号揽月阁丙单元", districtCode: "532901" });
  Object.assign(given.items[0], { name: "琥珀山茶鹿角膏甲乙丙丁", sku: "Qx7-SKU-brw66jf", id: "Qx7-ITEM-gla09dk" });
  Object.assign(given.items[0].customs, { model: "琥珀山茶|某牌鎏金纹样礼盒装|五十毫升 & <2%", recordNo: "Qx7-RECORD-pcy47" });
  given.list.assureCode = given.merchant.code;
  change(given);
  const persons = [given.orderNo, given.payment.transactionId, ...["registrationNo", "name", "idNumber", "telephone"].map((name) => given.buyer[name])];
  persons.push(...["name", "telephone", "address"].map((name) => given.consignee[name]));
  const rest = [given.platform.code, given.agent.name, given.items[0].name, given.items[0].customs.model, given.items[0].sku, given.items[0].id];
  return { given, persons: persons.filter((text) => typeof text === "string" && text.length > 7), rest };
}

/** The memory of the declarations' module alone: the engine's keeps the basket, in which there are no persons. */
function leftIn(memory, texts) {
  const all = memories.splice(0);
  memories.push(memory);
  const found = texts.flatMap((text) => left(text));
  memories.splice(0, 1, ...all);
  return found;
}

test("nothing of an order, a message or a receipt is left in any module", async () => {
  const preclear = await loaded();
  const before = memories.length;
  await preclear.validate("<a/>");
  const own = memories.at(-1);
  assert.equal(memories.length, before + 1);
  const spoilt = [
    () => {},
    (given) => void (given.buyer.idNumber = "110105194912310021"),
    (given) => void (given.consignee.telephone = ["13765438912"]),
    (given) => void (given["Qx7-FIELD-ncv38x"] = given.buyer.name),
    (given) => void (given.items[0].customs["Qx7-FIELD-ncv38x"] = given.buyer.name),
    (given) => void (given.buyer.name = "慕容秋白".repeat(30)),
    (given) => void (given.consignee.address = "云南省大理白族自治州苍山洱海路".repeat(200)),
  ];
  for (const change of spoilt) {
    const { given, persons, rest } = canaries(change);
    for (const form of ["CEB311", "CEB621", "H7", "13987651234", "欧阳春晓慕容秋白"]) {
      const { xml, findings } = await preclear.declare(given, { form, guids: ["欧阳春晓慕容秋白", given.buyer.telephone], time: "13987651234" });
      assert.ok(xml !== null || findings.length > 0);
      const told = [JSON.stringify(findings)];
      const twisted = (xml) => [xml, xml.slice(0, -300), xml.replace("<ceb:note>", "<ceb:strange>"), xml.replaceAll(given.buyer.name, "欧阳&#26149;晓<![CDATA[慕容秋白]]>"), `<${given.orderNo}/>`];
      for (const message of xml === null ? [] : [...twisted(xml), xml.replace("version=", `${given.orderNo}="${given.buyer.name}" version=`)]) {
        told.push(JSON.stringify(await preclear.validate([message, xml])));
        told.push(JSON.stringify(await preclear.explainReceipt(message.replaceAll("CEB311Message", "CEB312Message"), { locale: given.buyer.name })));
      }
      for (const text of persons) assert.ok(!told.join().includes(text), `${form} ${text.length}`);
    }
    assert.deepEqual(persons.flatMap((text) => left(text)), [], `${change}`);
    assert.deepEqual(leftIn(own, [...rest, "Qx7-FIELD-ncv38x"]), [], `${change}`);
  }
  // Payment data: what was paid, by whom, and what the companies told each other about them.
  const { given, persons } = canaries();
  const payment = JSON.parse(readFileSync(join(root, "www/docs/examples/payment.json"), "utf8"));
  Object.assign(payment, { session: "Qx7-SESSION-wjd92hb", request: `<xml><openid>${persons.join("|")}</openid></xml>`, response: `{"payer":"${given.buyer.name}"}` });
  Object.assign(payment.orders[0], { orderNo: given.orderNo, receiver: { account: given.consignee.telephone, name: given.consignee.name } });
  for (const change of [() => {}, () => void (payment.request = persons.join("|").repeat(100)), () => void (payment[persons[0]] = persons)]) {
    change();
    for (const signed of [undefined, { certificate: given.buyer.telephone, signature: given.buyer.idNumber }]) {
      const { message, findings } = await preclear.pull(payment, signed);
      for (const text of persons) assert.ok(!JSON.stringify(findings).includes(text));
      if (message !== null) assert.ok(!JSON.stringify(await preclear.validate([message, message.slice(0, -40)])).includes(given.buyer.name));
      assert.deepEqual([...persons, payment.session].flatMap((text) => left(text)), [], `${change}`);
    }
  }
  // The search would find them: one that is put there is found.
  const place = new Uint8Array(own.buffer, own.buffer.byteLength - 64);
  place.set(Buffer.from("欧阳春晓慕容秋白"));
  assert.notDeepEqual(leftIn(own, ["欧阳春晓慕容秋白"]), []);
  place.fill(0, 0, 24);
});

test("a megabyte of a message, validated by the command line", async () => {
  const preclear = await loaded();
  const { xml } = await preclear.declare(order(), { form: "CEB311" });
  const [, before, entry, after] = /^([^]*?)(<ceb:Order>[^]*<\/ceb:Order>\n)([^]*)$/.exec(xml);
  // As many as the message needs for a megabyte, each with its own number and identifier, in messages of a hundred.
  const one = (number) => entry.replace("ORDER-1", `ORDER-${number}`).replace(/<ceb:guid>[^<]*/, `<ceb:guid>4CDE1CFD-EDED-46B1-946C-${String(number).padStart(12, "0")}`).replace("PAID-1", `PAID-${number}`);
  const message = (from, count) => before + Array.from({ length: count }, (_, index) => one(from + index)).join("") + after;
  const folder = mkdtempSync(join(tmpdir(), "preclear-"));
  try {
    const files = [];
    let size = 0;
    while (size < 1_000_000) {
      const text = message(files.length * 100, 100);
      files.push(join(folder, `${files.length}.xml`));
      writeFileSync(files.at(-1), text);
      size += Buffer.byteLength(text);
    }
    const small = join(folder, "small.xml");
    writeFileSync(small, message(0, 1));
    const time = (...files) => {
      const times = Array.from({ length: 3 }, () => {
        const begun = performance.now();
        const { status, stdout } = spawnSync(commandLine(), ["validate", ...files], { encoding: "utf8" });
        assert.equal(status, 0, stdout);
        return performance.now() - begun;
      });
      return Math.min(...times);
    };
    const [all, start] = [time(...files), time(small)];
    console.log(`report: ${size} bytes of messages validated natively in ${(all - start).toFixed(1)} ms, beyond the ${start.toFixed(1)} ms of a message of one order; goal 50 ms`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
