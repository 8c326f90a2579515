// The kind of a channel: its name up to and with the first colon.

export const kindOf = (channel: string): string => channel.slice(0, channel.indexOf(':') + 1) || channel
