/** No pump at an address, or none any more. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** The process of a pump does not do what was asked. */
export class FarRefusal extends Error {
  override readonly name = 'FarRefusal';
}
