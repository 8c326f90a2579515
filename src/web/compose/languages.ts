// The languages offered for a post; names come from the browser.

export const POST_LANGUAGES: readonly string[] =
  'ar bg bn ca cs cy da de el en eo es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka ko ku lt lv mk ms nl no oc pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur vi yi zh'.split(
    ' ',
  )
