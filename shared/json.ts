/** What a snapshot or a trace record is made of. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
