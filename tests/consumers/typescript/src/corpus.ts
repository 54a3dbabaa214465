/** What `corpus.py` wrote. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Item {
  name: string;
  schema: string;
  document: unknown;
}

export interface Case {
  case: string;
  schema: string;
  document: unknown;
  pointer: string | null;
  keyword: string | null;
}

function directory(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

export const SCHEMAS = directory("SCHEMAS");
const CORPUS = directory("CORPUS");

function text(name: string): string {
  return readFileSync(join(CORPUS, name), "utf8");
}

function lines<T>(name: string): T[] {
  return text(name).trimEnd().split("\n").map((line) => JSON.parse(line) as T);
}

export const documents = lines<Item>("documents.ndjson");
export const facts = lines<unknown[]>("facts.ndjson");
export const cases = lines<Case>("broken.ndjson");
export const definitions = JSON.parse(text("definitions.json")) as { objects: string[]; closed: string[]; open: string[] };

export const KINDS = ["backend-row", "envelope", "health-check-report", "health-report", "inventory", "pool-row", "vocabulary"];

export function schema(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(SCHEMAS, path), "utf8")) as Record<string, unknown>;
}
