/* Writes what is generated in this folder: the chart's diagram, the table of readings, the tables of the protocol, the JSON Schema. */
import { readFileSync, writeFileSync } from 'node:fs';
import { generated } from '../dist/workbench/docs.js';

const here = (name) => new URL(name, import.meta.url);
for (const [name, text] of Object.entries(generated((name) => readFileSync(here(name), 'utf8'))))
  writeFileSync(here(name), text);
