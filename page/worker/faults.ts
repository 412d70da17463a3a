export { FAULT_SHEETS as faultSheets } from '../../workbench/index.ts';
