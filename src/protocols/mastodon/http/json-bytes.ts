// An answer that is JSON already, ready to send.

export class JsonBytes {
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** Whether it is `[]`. */
  get isEmptyList(): boolean {
    return this.bytes.length === 2
  }
}
