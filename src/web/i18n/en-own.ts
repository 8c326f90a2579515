// English words about what somebody owns here: archives, posts that delete themselves, profile and follows.
export const enOwn = {
  'archive.title': 'Everything in one archive',
  'archive.text':
    'Your profile, all your posts (private ones too), boosts, favourites, bookmarks, lists and files. Once in 7 days; it stays here for that long, and only you can fetch it.',
  'archive.ask': 'Ask for an archive',
  'archive.asked': 'Your archive is being made; you can go on meanwhile',
  'archive.making': 'Being made: {done} of {total}',
  'archive.ready': 'Ready since {date}, until {until}',
  'archive.failed': 'The archive of {date} could not be made. Ask once more.',
  'archive.fetch': 'Fetch it ({size})',
}
