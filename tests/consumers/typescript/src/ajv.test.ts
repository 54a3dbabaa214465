/** Ajv in strict mode: every schema compiles without a warning, every document is valid, broken ones are refused. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { cases, documents, KINDS, schema, SCHEMAS } from "./corpus.js";

function refuse(...words: unknown[]): never {
  throw new Error(words.join(" "));
}

function compile(path: string): ValidateFunction {
  // A payload's field is of several types on purpose: vendors write numbers as text.
  const allowUnionTypes = path.startsWith("payloads/");
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes, logger: { log: refuse, warn: refuse, error: refuse } });
  formats.default(ajv);
  return ajv.compile(schema(path));
}

const paths = readdirSync(SCHEMAS, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".schema.json"));

test("there are schemas", () => assert.ok(paths.length > 20));

for (const path of paths) {
  test(`${path} compiles without a warning`, () => void compile(path));
}

const validators = new Map(KINDS.map((kind) => [kind, compile(`${kind}.schema.json`)]));

function errors(kind: string, document: unknown) {
  const validate = validators.get(kind) ?? assert.fail(kind);
  return validate(document) ? [] : validate.errors ?? [];
}

test("every document is valid", () => {
  for (const { name, schema, document } of documents) assert.deepEqual(errors(schema, document), [], name);
});

for (const broken of cases) {
  test(`${broken.keyword === null ? "accepted" : "refused"}: ${broken.case}`, () => {
    const found = errors(broken.schema, broken.document);
    if (broken.keyword === null) {
      assert.deepEqual(found, []);
    } else {
      assert.ok(found.some((error) => error.keyword === broken.keyword && error.instancePath === broken.pointer));
      assert.ok(found.every((error) => error.instancePath === broken.pointer));
    }
  });
}
