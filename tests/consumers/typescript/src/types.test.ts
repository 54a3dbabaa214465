/** Fields read through the types of json-schema-to-typescript. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { definitions, documents, facts as wanted } from "./corpus.js";
import type { BackendHealth, Envelope, FailureReason, Published } from "./lbhealth.js";

/** What `corpus.py` has facts of, by `schema_id`. */
type Told = Extract<
  Published,
  {
    schema_id: `urn:lbhealth:v1:${"vocabulary" | "backend-row" | "pool-row" | "health-report" | "health-check-report" | "inventory"}`;
  }
>;

type Fact = string | number | boolean | string[] | number[] | null | undefined;

/** What `corpus.py` finds without types, found with them. `schema_id` tells the compiler which document it is. */
function* facts(name: string, document: Told): Generator<Fact[]> {
  switch (document.schema_id) {
    case "urn:lbhealth:v1:vocabulary": {
      const words = document.rows.filter(({ health }) => health === "HEALTHY").map(({ word }) => word);
      yield ["vocabulary", name, document.schema_id, document.adapter, document.rows.length, words];
      return;
    }
    case "urn:lbhealth:v1:backend-row":
      yield ["row", name, document.record_key, document.health, document.cause_reason, document.probe_observed];
      return;
    case "urn:lbhealth:v1:pool-row":
      yield ["pool-row", name, document.pool_key, document.server_count, document.unhealthy_count];
      return;
  }
  const at = document.observed_at === undefined ? undefined : Date.parse(document.observed_at);
  yield ["document", name, document.schema_id, document.operation, at, document.warnings.length];
  switch (document.schema_id) {
    case "urn:lbhealth:v1:health-report":
      for (const { record_key, health, traffic, traffic_reason, port, cause, probe, evidence, warnings } of document.records) {
        yield [
          "record", name, record_key, health, traffic, traffic_reason, port, cause?.reason, cause?.phase,
          probe?.expected?.text, probe?.observed, evidence.status, warnings,
        ];
      }
      for (const { pool_key, check_enabled, server_count, healthy_count, unlisted_health } of document.pools) {
        yield ["pool", name, pool_key, check_enabled, server_count, healthy_count, unlisted_health];
      }
      return;
    case "urn:lbhealth:v1:health-check-report":
      for (const { id, protocol, interval_ms, expected } of document.health_checks) {
        yield ["check", name, id, protocol, interval_ms, expected?.text];
      }
      return;
    case "urn:lbhealth:v1:inventory":
      for (const { pool_id, backend_id, port, registration } of document.members) {
        yield ["member", name, pool_id, backend_id, port, registration];
      }
  }
}

function envelope(name: string, { context }: Envelope): Fact[] {
  return ["envelope", name, context?.pool_id, context?.operation, context?.bound_listeners?.map(({ listener_id }) => listener_id) ?? []];
}

test("fields read through generated types", () => {
  const found = documents.flatMap(({ name, schema, document }) =>
    schema === "envelope" ? [envelope(name, document as Envelope)] : [...facts(name, document as Told)],
  );
  assert.deepEqual(found.map((fact) => fact.map((cell) => cell ?? null)), wanted);
});

test("generated types have the names of the definitions", () => {
  const made = readFileSync(new URL("../src/lbhealth.ts", import.meta.url), "utf8").matchAll(/^export (?:type|interface) (\w+)/gm);
  const names = [...made].map((match) => match[1]).sort();
  assert.deepEqual(names, ["Document", "Published", ...definitions.objects, ...definitions.closed, ...definitions.open].sort());
});

test("open lists are text and closed lists are not", () => {
  const newer: FailureReason = "A_NEW_REASON";
  // @ts-expect-error A word that is not in a closed list does not compile.
  const other: BackendHealth = "A_NEW_HEALTH";
  assert.notEqual(newer, other);
});
