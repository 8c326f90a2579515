// What many people here share at present, worked out from time to time.

/** How often a link was shared on a day (days since 1970), and by how many people. */
export interface LinkDay {
  day: number
  uses: number
  accounts: number
}

/** The most popular first. */
export interface Trends {
  tagIds: number[]
  postIds: number[]
  links: { cardId: number; days: LinkDay[] }[]
}
