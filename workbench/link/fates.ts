/** What the trace says became of a frame, other than that it was sent and arrived. */
export const FRAME_FATES = ['lost', 'duplicated', 'corrupted', 'truncated', 'heldBack'] as const;
export const isFrameFate = (kind: string): boolean => FRAME_FATES.some((fate) => fate === kind);

/** When the pump may crash: before it took a frame, or when it had carried it out and not yet answered. */
export const CRASHES = ['before', 'after'] as const;
