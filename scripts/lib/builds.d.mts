// What the builds offer to code with types.
export function ensureWebBuilt(): boolean
export function ensureServerBuilt(): boolean
export function serverScript(): string
