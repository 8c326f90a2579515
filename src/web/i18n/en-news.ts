// English words of notifications: their kinds, what is put aside, settings.
export const enNews = {
  'notifications.likes': 'Reactions',
  'notifications.follows': 'Followers',
  'notifications.posts': 'Posts',
  'notifications.emptyTab': 'Nothing of this kind has happened yet.',
  'notifications.signUp': '{name} signed up here',
  'notifications.signUpMany': '{name} and {others, plural, one {# other} other {# others}} signed up here',
  'notifications.report': '{name} reported {target}',
  'notifications.reportOpen': 'Look at the report',
  'notifications.severed': 'You lost connections with another server',
  'notifications.severedServer':
    'The moderators here ended all contact with {name}. You lost {followers, plural, one {# follower} other {# followers}}, and {following, plural, one {# person} other {# people}} that you followed.',
  'notifications.severedByYou':
    'You blocked {name}. That ended {followers, plural, one {# follower} other {# followers}}, and {following, plural, one {# person} other {# people}} that you followed.',
  'notifications.severedAccount':
    'The moderators here suspended {name}. You lost {followers, plural, one {# follower} other {# followers}}, and {following, plural, one {# person} other {# people}} that you followed.',
  'notifications.warning.none': 'The moderators wrote to you',
  'notifications.warning.disable': 'The moderators closed your account for signing in',
  'notifications.warning.mark_statuses_as_sensitive': 'The moderators marked some of your posts as sensitive',
  'notifications.warning.delete_statuses': 'The moderators removed some of your posts',
  'notifications.warning.sensitive': 'From now on your media are marked as sensitive',
  'notifications.warning.silence':
    'The moderators limited your account: only your followers see your posts without looking for them',
  'notifications.warning.suspend': 'The moderators suspended your account',
  'requests.title': 'Put aside',
  'requests.waiting': '{count, plural, one {# person was} other {# people were}} put aside',
  'requests.text': 'Notifications of these people were put aside, as you asked for.',
  'requests.settings': 'Change what is put aside',
  'requests.count': '{count, plural, one {# notification} other {# notifications}}',
  'requests.accept': 'Show them',
  'requests.dismiss': 'Dismiss',
  'requests.acceptAll': 'Show all',
  'requests.dismissAll': 'Dismiss all',
  'requests.acceptAllSure':
    '{count, plural, one {Show the notifications of # person from now on?} other {Show the notifications of all # people from now on?}}',
  'requests.dismissAllSure':
    '{count, plural, one {Dismiss the notifications of # person?} other {Dismiss the notifications of all # people?}}',
  'requests.empty': 'Nobody is put aside',
  'settings.notifications': 'Notifications',
  'settings.notificationsHint': 'What this device tells you of, and whose notifications are put aside.',
  'policy.title': 'Put aside',
  'policy.text':
    'What strangers do can be kept out of your notifications, to be looked at when you like, or not at all.',
  'policy.for_not_following': 'People you do not follow',
  'policy.for_not_followers': 'People who do not follow you, or only since a few days',
  'policy.for_new_accounts': 'Accounts younger than a month',
  'policy.for_private_mentions': 'Private mentions that nobody asked for',
  'policy.for_limited_accounts': 'Accounts that the moderators limited',
  'policy.for_bots': 'Automated accounts',
  'policy.accept': 'Show',
  'policy.filter': 'Put aside',
  'policy.drop': 'Ignore',
}
