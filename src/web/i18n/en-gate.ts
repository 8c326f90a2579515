// English: networks, mail domains and servers that are kept out or let in, publishers, and what is said while a list is taken over.
export const enGate = {
  'import.taken': '{taken} of {count}',
}
