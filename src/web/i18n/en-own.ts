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
  'retention.title': 'Old posts',
  'retention.hint': 'Let your posts delete themselves after some time',
  'retention.text':
    'Posts older than this are deleted here, and other servers are asked to delete them too. That cannot be taken back. Boosts are taken back as well. It happens once a day, when the server tidies up.',
  'retention.on': 'Delete my old posts by themselves',
  'retention.days': 'Older than',
  'retention.keep': 'But keep',
  'retention.pinned': 'Posts pinned to my profile',
  'retention.direct': 'Private messages',
  'retention.media': 'Posts with pictures, videos or sounds',
  'retention.polls': 'Posts with a poll',
  'retention.bookmarked': 'Posts that I have bookmarked',
  'retention.favourited': 'Posts that I have favourited',
  'retention.minFavourites': 'Posts with at least this many favourites',
  'retention.minBoosts': 'Posts with at least this many boosts',
  'retention.noMatter': 'Leave it empty where the number does not matter.',
  'retention.sure':
    'Posts older than {days, plural, one {# day} other {# days}} will be deleted for good, except for those that you keep. Go on?',
  'retention.ageDays': '{days, plural, one {# day} other {# days}}',
  'data.mode': 'What happens to what is there',
  'data.merge': 'It stays, the list is added',
  'data.replace': 'It goes where it is not in the list',
  'data.replaceSure':
    '{removes, plural, =0 {Nothing that is there will be removed.} one {# entry that is there now will be removed: {examples}.} =1000 {A thousand entries or more will be removed, such as {examples}.} other {# entries that are there now will be removed, such as {examples}.}} {total, plural, one {# entry is in the file.} other {# entries are in the file.}} Go on?',
  'data.removed': '{count, plural, one {# removed} other {# removed}}',
}
