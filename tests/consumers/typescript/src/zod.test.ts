/** Zod, made from the same schemas at run time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { cases, documents, KINDS, schema } from "./corpus.js";

/** What zod calls a broken rule of each keyword. */
const CODES: Record<string, string[]> = {
  additionalProperties: ["unrecognized_keys"],
  const: ["invalid_value"],
  enum: ["invalid_value"],
  format: ["invalid_format"],
  maximum: ["too_big"],
  minimum: ["too_small"],
  required: ["invalid_type", "invalid_value"],
  type: ["invalid_type"],
};

const types = new Map(KINDS.map((kind) => [kind, z.fromJSONSchema(schema(`${kind}.schema.json`))]));

function issues(kind: string, document: unknown): z.core.$ZodIssue[] {
  const type = types.get(kind) ?? assert.fail(kind);
  return type.safeParse(document).error?.issues ?? [];
}

test("every document is valid", () => {
  for (const { name, schema, document } of documents) assert.deepEqual(issues(schema, document), [], name);
});

for (const broken of cases) {
  test(`${broken.keyword === null ? "accepted" : "refused"}: ${broken.case}`, () => {
    const found = issues(broken.schema, broken.document).map(({ code, path }) => ({ code, at: path.map((part) => `/${String(part)}`).join("") }));
    if (broken.keyword === null) {
      assert.deepEqual(found, []);
    } else {
      const codes = CODES[broken.keyword] ?? [];
      // A missing field is named, not the object that misses it.
      const fits = (at: string) => at === broken.pointer || (broken.keyword === "required" && at.slice(0, at.lastIndexOf("/")) === broken.pointer);
      assert.ok(found.length > 0 && found.every((issue) => codes.includes(issue.code) && fits(issue.at)), JSON.stringify(found));
    }
  });
}
