/**
 * Telling a step's formula in words: only the branch that was taken, with each value beside its name.
 *
 * The engine has computed the step; this reads the formula again only to find the branch, and checks that what it shows gives the step's result. If
 * it does not, there are no words, and the formula is shown as it is.
 */

import type { TraceStep } from "preclear";

type Value = number | boolean | string | undefined;

type Expression =
  | { kind: "number" | "code"; text: string }
  | { kind: "name"; text: string }
  | { kind: "not" | "minus"; of: Expression }
  | { kind: "call"; name: string; of: Expression[] }
  | { kind: "if"; condition: Expression; then: Expression; otherwise: Expression }
  | { kind: "operator"; operator: string; left: Expression; right: Expression };

/** A piece of the telling: a sign, or a name with its value. */
export type Piece = string | { name: string; value: string };

const LEVELS = [["or"], ["and"], ["=", "<>", "<", "<=", ">", ">="], ["+", "-"], ["*", "/"]];
const SIGNS: Record<string, string> = { "*": "×", "/": "÷", "-": "−", "<=": "≤", ">=": "≥", "<>": "≠" };
const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|"([^"]*)"|([a-z][\w.]*(?:-\w[\w.]*)*)|(<=|>=|<>|[-+*/()=<>,]))/gy;

/** The step in pieces, or null when they would not give its result. */
export function tell(step: TraceStep): Piece[] | null {
  try {
    const chosen = choose(parse(step.formula), step.values);
    return same(evaluate(chosen, step.values), step.result) ? pieces(chosen, step.values, 0) : null;
  } catch {
    return null;
  }
}

function same(value: Value, result: string): boolean {
  if (typeof value !== "number") {
    return String(value) === result;
  }
  // A result may have been rounded to the currency's decimals, and these are binary fractions: enough to find a wrong branch, not to compute.
  const decimals = result.split(".")[1]?.length ?? 0;
  return Math.abs(value - Number(result)) <= 0.5000001 * 10 ** -decimals + Math.abs(value) * 1e-9;
}

function parse(text: string): Expression {
  const tokens: { kind: "number" | "code" | "name" | "sign"; text: string }[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  for (let at = 0; at < end; at = TOKEN.lastIndex) {
    const found = TOKEN.exec(text);
    if (!found) {
      throw new SyntaxError();
    }
    const kind = found[1] !== undefined ? "number" : found[2] !== undefined ? "code" : found[3] !== undefined ? "name" : "sign";
    tokens.push({ kind, text: found[1] ?? found[2] ?? found[3] ?? found[4] ?? "" });
  }
  let place = 0;
  const is = (text: string) => tokens[place]?.text === text && tokens[place]?.kind !== "code";
  const take = (text: string) => is(text) && ++place > 0;
  const expect = (text: string) => {
    if (!take(text)) {
      throw new SyntaxError();
    }
  };

  function whole(): Expression {
    if (take("if")) {
      const condition = whole();
      expect("then");
      const then = whole();
      expect("else");
      return { kind: "if", condition, then, otherwise: whole() };
    }
    return binary(0);
  }

  function binary(level: number): Expression {
    const operators = LEVELS[level];
    if (!operators) {
      return unary();
    }
    if (level === 2 && take("not")) {
      return { kind: "not", of: binary(2) };
    }
    let left = binary(level + 1);
    for (let operator = operators.find(is); operator; operator = operators.find(is)) {
      place += 1;
      left = { kind: "operator", operator, left, right: binary(level + 1) };
    }
    return left;
  }

  function unary(): Expression {
    if (take("-")) {
      return { kind: "minus", of: unary() };
    }
    if (take("(")) {
      const inner = whole();
      expect(")");
      return inner;
    }
    const token = tokens[place];
    place += 1;
    if (!token || token.kind === "sign") {
      throw new SyntaxError();
    }
    if (token.kind !== "name" || !take("(")) {
      return { kind: token.kind, text: token.text };
    }
    const of = [whole()];
    while (take(",")) {
      of.push(whole());
    }
    expect(")");
    const [only] = of;
    const reads = (token.text === "has" || token.text === "sum") && only?.kind === "name";
    return reads ? { kind: "name", text: `${token.text}(${only.text})` } : { kind: "call", name: token.text, of };
  }

  const parsed = whole();
  if (place !== tokens.length) {
    throw new SyntaxError();
  }
  return parsed;
}

/** The expression without the branches that were not taken. */
function choose(expression: Expression, values: Record<string, string>): Expression {
  switch (expression.kind) {
    case "if":
      return choose(evaluate(expression.condition, values) === true ? expression.then : expression.otherwise, values);
    case "operator":
      return { ...expression, left: choose(expression.left, values), right: choose(expression.right, values) };
    case "call":
      return { ...expression, of: expression.of.map((inner) => choose(inner, values)) };
    case "not":
    case "minus":
      return { ...expression, of: choose(expression.of, values) };
    default:
      return expression;
  }
}

function evaluate(expression: Expression, values: Record<string, string>): Value {
  switch (expression.kind) {
    case "number":
      return Number(expression.text);
    case "code":
      return expression.text;
    case "name": {
      if (expression.text === "true" || expression.text === "false") {
        return expression.text === "true";
      }
      const value = values[expression.text];
      if (value === undefined) {
        throw new RangeError();
      }
      return value === "true" ? true : value === "false" ? false : /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
    }
    case "not":
      return evaluate(expression.of, values) === false;
    case "minus":
      return -Number(evaluate(expression.of, values));
    case "call": {
      const given = expression.of.map((inner) => Number(evaluate(inner, values)));
      return expression.name === "min" ? Math.min(...given) : Math.max(...given);
    }
    case "if":
      return evaluate(choose(expression, values), values);
    case "operator":
      return operate(expression.operator, evaluate(expression.left, values), () => evaluate(expression.right, values));
  }
}

function operate(operator: string, left: Value, right: () => Value): Value {
  if (operator === "and" || operator === "or") {
    return left === (operator === "or") ? left : right();
  }
  const other = right();
  if (operator === "=" || operator === "<>") {
    return (String(left) === String(other)) === (operator === "=");
  }
  const [a, b] = [Number(left), Number(other)];
  const results: Record<string, Value> = { "+": a + b, "-": a - b, "*": a * b, "/": a / b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b };
  return results[operator];
}

function pieces(expression: Expression, values: Record<string, string>, around: number): Piece[] {
  switch (expression.kind) {
    case "number":
    case "code":
      return [expression.text];
    case "name": {
      const value = values[expression.text];
      return [value === undefined ? expression.text : { name: expression.text, value }];
    }
    case "not":
      return ["¬", ...pieces(expression.of, values, 9)];
    case "minus":
      return ["−", ...pieces(expression.of, values, 9)];
    case "call":
      return [expression.name, "(", ...expression.of.flatMap((inner, index) => [...(index > 0 ? [";"] : []), ...pieces(inner, values, 0)]), ")"];
    case "if":
      return [];
    case "operator": {
      const level = LEVELS.findIndex((operators) => operators.includes(expression.operator));
      const right = expression.operator === "-" || expression.operator === "/" ? level + 1 : level;
      const told = [
        ...pieces(expression.left, values, level),
        SIGNS[expression.operator] ?? expression.operator,
        ...pieces(expression.right, values, right),
      ];
      return level < around ? ["(", ...told, ")"] : told;
    }
  }
}
