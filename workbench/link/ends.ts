/** Who speaks to the pump. */
export type Station = 'programmer' | 'handset';
/** Where a frame comes from, or goes. */
export type End = Station | 'pump';
