// The flags of Node under which the server runs; what V8 compiled under others is not used again.
export const serverFlags = []
