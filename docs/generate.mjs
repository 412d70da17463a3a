/*
 * Writes what is generated in this folder: the chart's diagram, the table of readings, the tables of the protocol, the
 * failures on record, the JSON Schemas.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { generated } from '../dist/workbench/docs.js';
import { loadScenario } from '../dist/workbench/scenario/document.js';

const here = (name) => new URL(name, import.meta.url);
const scenarios = new URL('../scenarios/', import.meta.url);
const shipped = readdirSync(scenarios)
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .map((file) => ({ file, scenario: loadScenario(readFileSync(new URL(file, scenarios), 'utf8')).scenario }));
for (const [name, text] of Object.entries(generated((name) => readFileSync(here(name), 'utf8'), shipped)))
  writeFileSync(here(name), text);
