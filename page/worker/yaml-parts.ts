/** A file of its own, beside that of the worker, of no more than is used. */
export { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, stringify, visit } from 'yaml';
